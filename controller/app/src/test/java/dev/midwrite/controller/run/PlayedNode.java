package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node without a process: starts and stops at once, or takes as long as it is told to. */
final class PlayedNode implements Node {
    final List<String> calls = new ArrayList<>();
    private final String name;
    private final NodeListener listener;
    private final RunClock clock;
    private boolean alive;
    private int starts;
    private String version = "";
    long startTakes;
    long endTakes;
    String failure = "";
    boolean ours = true;
    /** For which it stands; none for itself. */
    List<String> stands = List.of();
    /** What its users do to it. */
    Runnable whenReady = () -> {};
    /** What it prints; nothing writes it but a test. */
    Path log = Path.of("none.log");
    /** The version that fails to start; null for all. */
    String badVersion;

    PlayedNode(String name, NodeListener listener, RunClock clock) {
        this.name = name;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> names() {
        return stands.isEmpty() ? List.of(name) : stands;
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:80");
    }

    @Override
    public boolean alive() {
        return alive;
    }

    @Override
    public boolean ready() {
        return alive;
    }

    @Override
    public int starts() {
        return starts;
    }

    @Override
    public boolean ours() {
        return ours;
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public void start() throws InterruptedException {
        calls.add(clock.now() + " start" + (version.isEmpty() ? "" : " " + version));
        if (!failure.isEmpty() && (badVersion == null || badVersion.equals(version))) {
            throw new Problem(failure);
        }
        clock.sleep(startTakes);
        alive = true;
        starts++;
        listener.ready(this);
        whenReady.run();
    }

    @Override
    public void stop() {
        calls.add(clock.now() + " stop");
        ends(143, true, "");
    }

    @Override
    public boolean terminate(Duration grace) throws InterruptedException {
        calls.add(clock.now() + " terminate");
        boolean inTime = endTakes <= grace.toNanos();
        clock.sleep(inTime ? endTakes : grace.toNanos());
        ends(inTime ? 143 : 137, true, "");
        return inTime;
    }

    @Override
    public void version(String next) {
        version = next;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void kill() {
        calls.add(clock.now() + " kill");
        ends(137, true, "");
    }

    @Override
    public void restart() throws InterruptedException {
        stop();
        start();
    }

    /** By itself. */
    void dies(int code, String lastWords) {
        ends(code, false, lastWords);
    }

    private void ends(int code, boolean asked, String lastWords) {
        alive = false;
        listener.exited(new NodeExit(name, starts, starts, code, asked, clock.now(), lastWords));
    }
}
