package dev.midwrite.controller.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** What a command prints to. Texts tell a terminal nothing; a command that draws says so. Thread-safe. */
final class TerminalWriter extends PrintWriter {
    private final LegibleWriter legible;

    TerminalWriter(OutputStream out, Charset charset) {
        this(new LegibleWriter(out, charset));
    }

    private TerminalWriter(LegibleWriter legible) {
        super(legible, true);
        this.legible = legible;
    }

    /** Tells a terminal what to do, in the words that terminals know. */
    static void control(PrintWriter to, String sequence) {
        if (to instanceof TerminalWriter terminal) {
            terminal.control(sequence);
        } else {
            to.print(sequence);
        }
    }

    private void control(String sequence) {
        synchronized (lock) {
            try {
                legible.control(sequence);
            } catch (IOException e) {
                setError();
            }
        }
    }
}
