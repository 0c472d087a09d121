package dev.midwrite.controller.cli;

import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.run.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** On a terminal one line that is written over; elsewhere one line per phase. Thread-safe. */
final class TerminalProgress implements Progress {
    private final PrintWriter err;
    private final StatusLine line;
    private final long started = System.nanoTime();
    private DrillPhase last = DrillPhase.IDLE;

    TerminalProgress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.line = new StatusLine(err, terminal);
    }

    @Override
    public synchronized void phase(DrillPhase phase, String detail) {
        boolean entered = phase != last;
        last = phase;
        if (line.terminal()) {
            line.show(phase == DrillPhase.DONE ? "" : phase.label() + (detail.isEmpty() ? "" : ": " + detail));
        } else if (entered && phase != DrillPhase.DONE) {
            note(phase.label());
        }
    }

    @Override
    public synchronized void note(String sentence) {
        line.print(err, String.format(Locale.ROOT, "%5.1f s", (System.nanoTime() - started) / 1e9) + " " + sentence);
    }
}
