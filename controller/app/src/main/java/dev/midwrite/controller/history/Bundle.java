package dev.midwrite.controller.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.serve.JournalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Everything a verdict rests on, in one directory, so that it can be judged again.
 *
 * <pre>
 * drill.yaml                             as it was
 * start.json                             {@link StartFacts}
 * run.json                               {@link RunFacts}
 * partial.json                           the same while the run goes on, as far as it is known
 * load.json                              {@link LoadFacts}
 * latency.json                           {@link LatencyFacts}
 * sockets.json                           {@link SocketFacts}, if sessions held sockets
 * progress.json                          {@link RunProgress}
 * front.json                             {@link FrontFacts}, if the load was not ours
 * traces.json                            {@link TraceFacts}, if users named traces
 * users.ops                              user operations
 * journals/NODE/INCARNATION.events       journals as they came
 * </pre>
 */
public record Bundle(Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /** Asked first: a file of another format may lack what this one needs. */
    private record Format(int format) {}

    /** Makes the directory, and copies the drill into it, but for its secrets. */
    public static Bundle create(Path directory, Path drill) {
        return create(directory, DrillFile.readForBundle(drill));
    }

    /** @param drill its text without what is secret */
    public static Bundle create(Path directory, String drill) {
        try {
            PrivateFiles.directory(directory);
            Bundle bundle = new Bundle(directory);
            Files.writeString(bundle.drill(), drill);
            return bundle;
        } catch (IOException e) {
            throw new Problem("The bundle " + directory + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Is there anything of a run's history in this directory? It may be damaged, or lack the rest. */
    public static boolean begun(Path directory) {
        Bundle bundle = new Bundle(directory);
        return Files.isRegularFile(bundle.run())
                || Files.isRegularFile(bundle.users())
                || Files.isRegularFile(bundle.start());
    }

    /** Whether its run goes on at this moment. */
    public static boolean underWay(Path directory) {
        Bundle bundle = new Bundle(directory);
        return Files.isRegularFile(bundle.start()) && StartFile.locked(bundle);
    }

    /**
     * Of a run that is over, or was broken off.
     *
     * @throws Problem if the directory is no bundle
     */
    public static Bundle open(Path directory) {
        Bundle bundle = new Bundle(directory);
        boolean whole = Files.isRegularFile(bundle.run()) && Files.isRegularFile(bundle.users());
        if (!whole && bundle.interruption().isEmpty()) {
            throw new Problem(directory + " is no bundle: it has no run.json or no users.ops.");
        }
        return bundle;
    }

    /** Empty if the run came to its end, or is under way. */
    Optional<Interruption> interruption() {
        return Interruption.of(this);
    }

    public Path drill() {
        return directory.resolve("drill.yaml");
    }

    public Path run() {
        return directory.resolve("run.json");
    }

    public Path partial() {
        return directory.resolve("partial.json");
    }

    public Path start() {
        return directory.resolve("start.json");
    }

    public Path progress() {
        return directory.resolve("progress.json");
    }

    public Path load() {
        return directory.resolve("load.json");
    }

    public Path latency() {
        return directory.resolve("latency.json");
    }

    public Path front() {
        return directory.resolve("front.json");
    }

    public Path traces() {
        return directory.resolve("traces.json");
    }

    public Path sockets() {
        return directory.resolve("sockets.json");
    }

    public Path users() {
        return directory.resolve("users.ops");
    }

    /** Length of the users' history. */
    public long historyBytes() {
        try {
            return Files.size(users());
        } catch (IOException e) {
            throw new Problem(users() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    public Path journals() {
        return directory.resolve("journals");
    }

    /**
     * The journal of one start of a node, whether it is there or not.
     *
     * @throws Problem if the name leads to another place: a bundle may be somebody else's
     */
    public Path journal(String node, long incarnation) {
        Path place = journals().resolve(node).normalize();
        if (!journals().normalize().equals(place.getParent())) {
            throw new Problem(directory + " names a node '" + node + "', which is no node's name.");
        }
        return place.resolve(HexFormat.of().toHexDigits(incarnation) + ".events");
    }

    /** Of a run that is over: what was known before is not asked any more. */
    public void write(RunFacts facts) {
        write(run(), facts);
        try {
            Files.deleteIfExists(partial());
        } catch (IOException e) {
            throw new Problem(partial() + " cannot be deleted: " + e.getMessage() + ".", e);
        }
    }

    /** Of a run that goes on. */
    public void writePartial(RunFacts facts) {
        write(partial(), facts);
    }

    public void write(LoadFacts facts) {
        write(load(), facts);
    }

    public void write(LatencyFacts facts) {
        write(latency(), facts);
    }

    public void write(FrontFacts facts) {
        write(front(), facts);
    }

    public void write(TraceFacts facts) {
        write(traces(), facts);
    }

    public void write(SocketFacts facts) {
        write(sockets(), facts);
    }

    private static void write(Path file, Object facts) {
        try {
            WholeFile.write(file, JSON.writeValueAsBytes(facts));
        } catch (IOException e) {
            throw new Problem(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /**
     * What is known of the front; empty if users were ours.
     *
     * @throws Problem if front.json cannot be read, is damaged, or is of another version
     */
    public Optional<FrontFacts> frontFacts() {
        return read(front(), FrontFacts.class, FrontFacts::format, FrontFacts.FORMAT);
    }

    /**
     * What users' sockets saw; empty if there were none.
     *
     * @throws Problem if sockets.json cannot be read, is damaged, or is of another version
     */
    public Optional<SocketFacts> socketFacts() {
        return read(sockets(), SocketFacts.class, SocketFacts::format, SocketFacts.FORMAT);
    }

    /**
     * Which traces users named; empty if they named none.
     *
     * @throws Problem if traces.json cannot be read, is damaged, or is of another version
     */
    public Optional<TraceFacts> traceFacts() {
        return read(traces(), TraceFacts.class, TraceFacts::format, TraceFacts.FORMAT);
    }

    /**
     * How well users kept to their plan; empty for a bundle that does not say.
     *
     * @throws Problem if load.json cannot be read, is damaged, or is of another version
     */
    public Optional<LoadFacts> loadFacts() {
        Optional<LoadFacts> facts = read(load(), LoadFacts.class, LoadFacts::format, LoadFacts.FORMAT);
        try {
            facts.ifPresent(LoadFacts::histogram);
        } catch (IllegalArgumentException e) {
            throw new Problem(load() + ": " + e.getMessage() + ".", e);
        }
        return facts;
    }

    /**
     * How long users' requests took, over time; empty for a bundle that does not say.
     *
     * @throws Problem if latency.json cannot be read, is damaged, or is of another version
     */
    public Optional<LatencyFacts> latencyFacts() {
        Optional<LatencyFacts> facts = read(latency(), LatencyFacts.class, LatencyFacts::format, LatencyFacts.FORMAT);
        try {
            facts.ifPresent(known -> known.windows().forEach(LatencyFacts.Window::histogram));
        } catch (IllegalArgumentException e) {
            throw new Problem(latency() + ": " + e.getMessage() + ".", e);
        }
        if (facts.isPresent() && facts.get().widthNanos() <= 0) {
            throw new Problem(latency() + ": a window of " + facts.get().widthNanos() + " ns is none.");
        }
        return facts;
    }

    private static <T> Optional<T> read(Path file, Class<T> type, ToIntFunction<T> format, int wanted) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            T facts = JSON.readValue(file.toFile(), type);
            if (format.applyAsInt(facts) != wanted) {
                throw new Problem(file + " has format " + format.applyAsInt(facts) + "; this Midwrite reads format "
                        + wanted + ".");
            }
            return Optional.of(facts);
        } catch (JsonProcessingException e) {
            throw new Problem(file + ": " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new Problem(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Of a run that was broken off, what was known by then.
     *
     * @throws Problem if run.json cannot be read, is damaged, or is of another version
     */
    public RunFacts facts() {
        if (Files.exists(run())) {
            return facts(run());
        }
        RunFacts known = Files.exists(partial())
                ? facts(partial())
                : StartFile.read(this).facts();
        try {
            return known.with(
                    JournalStore.read(journals()).stream().map(JournalFacts::of).toList());
        } catch (IOException e) {
            throw new Problem(journals() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static RunFacts facts(Path file) {
        RunFacts facts;
        try {
            int format = JSON.readValue(file.toFile(), Format.class).format();
            if (format != RunFacts.FORMAT) {
                throw new Problem(
                        file + " has format " + format + "; this Midwrite reads format " + RunFacts.FORMAT + ".");
            }
            facts = JSON.readValue(file.toFile(), RunFacts.class);
        } catch (JsonProcessingException e) {
            // What lies in a group has no line of its own.
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new Problem(file + (line > 0 ? ":" + line : "") + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Problem(file + " cannot be read: " + e.getMessage() + ".", e);
        }
        try {
            Instant.parse(facts.origin().started());
        } catch (DateTimeParseException e) {
            throw new Problem(
                    file + ": '" + facts.origin().started() + "' is no time that a run can have started at.", e);
        }
        return facts;
    }
}
