package dev.midwrite.controller.attach;

import dev.midwrite.controller.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a user wants of an agent that is attached; the words are those of the agent's own options.
 *
 * @param jar the agent's, as the JVM that is attached to will open it
 * @param options by name, in the order in which they are given on
 */
public record AgentRequest(Path jar, Map<String, String> options) {
    public static final String NODE = "node";
    public static final String CONTROLLER = "controller";
    public static final String JOURNAL = "journal";

    private static final String JOURNAL_MEBIBYTES = "journal-mebibytes";

    /** @throws Problem if a value has what separates agent arguments */
    public AgentRequest {
        jar = jar.toAbsolutePath().normalize();
        options = new LinkedHashMap<>(options);
        // The other process has a working directory of its own.
        options.computeIfPresent(
                JOURNAL,
                (key, value) -> Path.of(value).toAbsolutePath().normalize().toString());
        options.forEach((key, value) -> {
            if (key.isEmpty() || key.contains("=") || key.contains(",") || value.contains(",")) {
                throw new Problem("'" + key + "=" + value
                        + "' cannot be given to an agent: the comma separates its arguments; set the variable or"
                        + " system property of that name in the process instead.");
            }
        });
    }

    /** As {@code -javaagent} takes them. */
    String arguments() {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(","));
    }

    /**
     * Where the journal will lie.
     *
     * @param temporary the other process' directory for temporary files
     */
    Path journal(Path temporary) {
        String named = options.get(JOURNAL);
        return named != null ? Path.of(named) : temporary.resolve("midwrite").resolve(options.getOrDefault(NODE, NODE));
    }

    /** What the journal of one start may take at the most. */
    long journalMebibytes() {
        try {
            return Long.parseLong(options.getOrDefault(JOURNAL_MEBIBYTES, "1024"));
        } catch (NumberFormatException e) {
            throw new Problem(JOURNAL_MEBIBYTES + " must be a number.", e);
        }
    }
}
