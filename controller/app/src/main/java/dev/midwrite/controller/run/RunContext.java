package dev.midwrite.controller.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.WholeFile;
import dev.midwrite.controller.report.NodeInstant;
import dev.midwrite.controller.report.RunHealth.Achieved;
import dev.midwrite.controller.report.RunHealth.FaultHealth;
import dev.midwrite.controller.report.RunHealth.PointHealth;
import dev.midwrite.controller.report.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a report tells beside the verdict and its grounds; {@code context.json} of a bundle. Nothing in it decides
 * anything, so a bundle can be judged without it.
 *
 * @param file of the drill, and {@code command} that repeats it, as a person would type them
 * @param origin the timeline's start on the users' clock
 * @param instants when nodes went down and came up
 * @param notes sentences that a reader should know
 * @param rolledBack why rollouts went back, each a sentence
 */
public record RunContext(
        String description,
        String file,
        String command,
        long durationNanos,
        long origin,
        List<Fault> faults,
        List<PointHealth> points,
        List<NodeInstant> instants,
        List<String> notes,
        List<String> rolledBack) {
    static final String FILE = "context.json";
    private static final String ROLLED_BACK = "rolledBack";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    /** {@link FaultHealth} without optional parts: 0 requested, or an achieved count of 0, stands for none. */
    public record Fault(
            int injection,
            String fault,
            String point,
            String node,
            String requested,
            long matched,
            long applied,
            long requestedNanos,
            Achieved achieved) {

        static Fault of(FaultHealth health) {
            return new Fault(
                    health.injection(),
                    health.fault(),
                    health.point(),
                    health.node(),
                    health.requested(),
                    health.matched(),
                    health.applied(),
                    health.requestedNanos().orElse(0L),
                    health.achieved().orElse(new Achieved(0, 0, 0, 0, 0)));
        }

        FaultHealth health() {
            return new FaultHealth(
                    injection,
                    fault,
                    point,
                    node,
                    requested,
                    matched,
                    applied,
                    requestedNanos == 0 ? Optional.empty() : Optional.of(requestedNanos),
                    achieved.count() == 0 ? Optional.empty() : Optional.of(achieved));
        }
    }

    /** For a bundle that has none. */
    static RunContext none(Path bundle) {
        return new RunContext(
                "",
                bundle.toString(),
                "./midwrite check " + ShellWord.of(bundle),
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** The same with more notes. */
    RunContext withNotes(List<String> more) {
        return new RunContext(
                description,
                file,
                command,
                durationNanos,
                origin,
                faults,
                points,
                instants,
                Stream.concat(notes.stream(), more.stream()).toList(),
                rolledBack);
    }

    void write(Path bundle) {
        try {
            WholeFile.write(bundle.resolve(FILE), JSON.writeValueAsBytes(this));
        } catch (IOException e) {
            throw new Problem(bundle.resolve(FILE) + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    static RunContext read(Path bundle) {
        Path file = bundle.resolve(FILE);
        if (!Files.exists(file)) {
            return none(bundle);
        }
        try {
            ObjectNode written = JSON.readValue(file.toFile(), ObjectNode.class);
            if (!written.has(ROLLED_BACK)) {
                written.putArray(ROLLED_BACK); // By a version that did not know it.
            }
            return JSON.treeToValue(written, RunContext.class);
        } catch (JsonProcessingException e) {
            throw new Problem(file + ": " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new Problem(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
