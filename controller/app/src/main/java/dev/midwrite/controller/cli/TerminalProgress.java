package dev.midwrite.controller.cli;

import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.run.Progress;
import java.io.PrintWriter;

/** On a terminal one line that is written over; elsewhere one line per phase. Thread-safe. */
final class TerminalProgress implements Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final long started = System.nanoTime();
    private DrillPhase last = DrillPhase.IDLE;
    private String line = "";

    TerminalProgress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public synchronized void phase(DrillPhase phase, String detail) {
        boolean entered = phase != last;
        last = phase;
        if (terminal) {
            line = phase == DrillPhase.DONE ? "" : phase.label() + (detail.isEmpty() ? "" : ": " + detail);
            err.print(CLEAR_LINE + line);
        } else if (entered && phase != DrillPhase.DONE) {
            err.println(seconds() + " " + phase.label());
        }
        err.flush();
    }

    @Override
    public synchronized void note(String sentence) {
        if (terminal) {
            err.println(CLEAR_LINE + seconds() + " " + sentence);
            err.print(line);
        } else {
            err.println(seconds() + " " + sentence);
        }
        err.flush();
    }

    private String seconds() {
        return String.format("%5.1f s", (System.nanoTime() - started) / 1e9);
    }
}
