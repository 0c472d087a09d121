package dev.midwrite.controller.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Lines of UTF-8 on their way to a writer of characters, one after the other. Not thread-safe. */
final class LineStream extends OutputStream {
    private final PrintWriter to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param to stays open */
    LineStream(PrintWriter to) {
        this.to = to;
    }

    @Override
    public void write(int letter) throws IOException {
        if (letter == '\n') {
            to.println(line.toString(StandardCharsets.UTF_8));
            line.reset();
            // A writer keeps to itself that it could not write, such as into a pipe that nobody reads.
            if (to.checkError()) {
                throw new IOException("nobody takes it");
            }
        } else {
            line.write(letter);
        }
    }

    @Override
    public void close() throws IOException {
        if (line.size() > 0) {
            write('\n');
        }
        to.flush();
    }
}
