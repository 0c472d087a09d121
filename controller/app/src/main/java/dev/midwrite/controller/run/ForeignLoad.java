package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.front.Front;
import dev.midwrite.controller.front.FrontHistory;
import dev.midwrite.controller.front.FrontSetting;
import dev.midwrite.controller.front.SessionNames;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.nodes.LoadCommand;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.ForeignSpec;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import dev.midwrite.event.SessionHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Load of others, by way of a front, and the command that drives it if the drill names one. */
final class ForeignLoad implements Load {
    /** Clients find the front here; it has no slash at its end. */
    static final String URL = "MIDWRITE_FRONT_URL";

    private static final String UNKNOWN = "";

    private final Drill drill;
    private final FrontHistory history;
    private final Front front;
    private final LoadCommand command;
    private volatile boolean endedEarly;
    private volatile boolean closed;

    private ForeignLoad(Drill drill, FrontHistory history, Front front, LoadCommand command) {
        this.drill = drill;
        this.history = history;
        this.front = front;
        this.command = command;
    }

    /** @throws Problem if the front's port is taken, or there is no program that drives the load */
    static void requirePossible(Drill drill, RunSetting setting) {
        ForeignSpec spec = drill.users().foreign().orElseThrow();
        if (spec.port() > 0) {
            try (ServerSocket socket = new ServerSocket(spec.port(), 1, InetAddress.getLoopbackAddress())) {
                socket.setReuseAddress(true);
            } catch (IOException e) {
                throw new Problem(
                        "The front cannot listen at " + FrontSetting.LOOPBACK + ":" + spec.port() + ": "
                                + e.getMessage() + ".",
                        e);
            }
        }
        if (!spec.command().isEmpty()) {
            words(drill, setting, UNKNOWN);
        }
    }

    private static List<String> words(Drill drill, RunSetting setting, String url) {
        return LoadCommand.words(
                drill.users().foreign().orElseThrow().command(),
                Map.of("front", url, "java", setting.java().toString()),
                directory(drill));
    }

    private static Path directory(Drill drill) {
        return drill.file().toAbsolutePath().getParent();
    }

    /**
     * The front listens, and the command runs.
     *
     * @param history takes down what passes
     * @param key under which sessions are hashed in this run
     */
    static ForeignLoad start(
            Drill drill, RunSetting setting, Router router, UserClock clock, FrontHistory history, byte[] key) {
        ForeignSpec spec = drill.users().foreign().orElseThrow();
        Front front = Front.start(
                new FrontSetting(
                        FrontSetting.LOOPBACK,
                        spec.port(),
                        new SessionNames(spec.cookies(), drill.users().sessionHeader()),
                        drill.users().login(),
                        drill.users().tlsTerminated(),
                        new SessionHash(key)),
                router,
                clock,
                history);
        try {
            setting.progress()
                    .note("The front listens at " + front.url()
                            + (spec.command().isEmpty() ? "; the load comes from outside." : "."));
            LoadCommand command = spec.command().isEmpty()
                    ? null
                    : LoadCommand.start(
                            words(drill, setting, front.url()),
                            Map.of(URL, front.url()),
                            directory(drill),
                            setting.directory().toAbsolutePath().resolve("load").resolve("command.log"),
                            setting.reaper());
            return new ForeignLoad(drill, history, front, command);
        } catch (RuntimeException e) {
            front.close();
            throw e;
        }
    }

    @Override
    public String words() {
        FrontHistory.Progress progress = history.progress();
        return progress.requests() + " requests through the front, " + progress.ok() + " ok, " + progress.failed()
                + " failed, " + progress.unknown() + " unknown";
    }

    @Override
    public Answers answers() {
        FrontHistory.Progress progress = history.progress();
        return new Answers(progress.ok(), progress.failed(), progress.unknown());
    }

    /** Who drives the load does not know that it should end; it is asked to when the timeline is over. */
    @Override
    public void stopNew() {
        endedEarly = command != null && !command.alive();
    }

    @Override
    public void quiesce(Duration patience) throws InterruptedException {
        if (command != null) {
            command.stop();
        }
        front.close();
        closed = true;
        if (history.failure() != null) {
            throw new Problem(
                    "What came through the front could not be written down: "
                            + history.failure().getMessage() + ".",
                    history.failure());
        }
    }

    @Override
    public void readAll(Progress progress) {
        if (endedEarly && command.failure().isEmpty()) {
            progress.note("The load command had ended before the drill's duration was over: what came after it met no"
                    + " load.");
        }
    }

    @Override
    public void describe(Bundle bundle) {
        bundle.write(
                history.facts(front.url(), drill.users().foreign().orElseThrow().command()));
    }

    @Override
    public void leave(Duration patience) {
        // They are not ours.
    }

    @Override
    public List<String> attributes() {
        return FrontHistory.ATTRIBUTES;
    }

    @Override
    public List<Long> probeSessions() {
        return List.of();
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (command != null && !command.failure().isEmpty()) {
            broken.add(command.failure());
        }
        return broken;
    }

    @Override
    public void close() {
        if (command != null) {
            command.close();
        }
        if (!closed) {
            front.close();
        }
    }
}
