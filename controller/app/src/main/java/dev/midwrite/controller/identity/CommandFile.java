package dev.midwrite.controller.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object a line, in a file that its owner alone can read. What was there before stays. Thread-safe. */
public final class CommandFile implements CommandLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    private CommandFile(Path file) {
        this.file = file;
    }

    /**
     * In this directory, which is made if it is not there; the file itself comes with the first command.
     *
     * @throws Problem if it cannot be made
     */
    public static CommandFile in(Path directory) {
        try {
            PrivateFiles.directory(directory);
            return new CommandFile(directory.resolve("commands.jsonl"));
        } catch (IOException e) {
            throw new Problem("The log of commands cannot be kept in " + directory + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public synchronized void write(Entry entry) throws IOException {
        if (!Files.exists(file)) {
            PrivateFiles.writeIfMissing(file, "");
        }
        Files.writeString(file, line(entry) + "\n", StandardOpenOption.APPEND);
    }

    private static String line(Entry entry) throws JsonProcessingException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", entry.at().toString());
        fields.put("who", entry.who());
        fields.put("role", entry.role());
        fields.put("from", entry.from());
        fields.put("command", entry.command());
        fields.put("what", entry.what());
        fields.put("outcome", entry.outcome());
        return JSON.writeValueAsString(fields);
    }
}
