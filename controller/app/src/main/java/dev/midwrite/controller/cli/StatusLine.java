package dev.midwrite.controller.cli;

import java.io.PrintWriter;

/** The last line of a terminal, written over and over; on anything else there is none. Thread-safe. */
final class StatusLine {
    private static final String CLEAR = "\r\u001b[K";
    /** A line that is too long is cut: a second one could not be written over. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintWriter err;
    private final boolean terminal;
    private String line = "";

    StatusLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    boolean terminal() {
        return terminal;
    }

    /** @param text empty for none */
    synchronized void show(String text) {
        line = text;
        draw();
    }

    /** Prints something that stays, above the line. */
    synchronized void print(PrintWriter to, String text) {
        if (terminal) {
            TerminalWriter.control(err, CLEAR);
            err.flush();
        }
        to.println(text);
        to.flush();
        draw();
    }

    private void draw() {
        if (terminal) {
            TerminalWriter.control(err, CLEAR + NO_WRAP);
            err.print(line);
            TerminalWriter.control(err, WRAP);
            err.flush();
        }
    }
}
