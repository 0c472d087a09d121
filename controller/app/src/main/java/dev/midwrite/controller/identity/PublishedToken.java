package dev.midwrite.controller.identity;

import dev.midwrite.event.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A token in a file that goes when the controller ends. */
public final class PublishedToken implements AutoCloseable {
    private final Path file;
    private final Token token;

    PublishedToken(Path file, Token token) {
        this.file = file;
        this.token = token;
    }

    public Path file() {
        return file;
    }

    /** Deletes the file, unless it is another controller's by now. Idempotent. */
    @Override
    public void close() {
        try {
            if (Files.exists(file) && Files.readString(file).strip().equals(token.text())) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // It stays, and opens nothing: the controller that knew it has ended.
        }
    }
}
