package dev.midwrite.controller.cli;

import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.run.Note;
import dev.midwrite.controller.run.Progress;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;

/** One object of JSON for each event of a run. Thread-safe. */
final class JsonProgress implements Progress {
    private final PrintWriter err;
    private final String drill;
    private DrillPhase last = DrillPhase.IDLE;

    /** @param drill empty while it is not known */
    JsonProgress(PrintWriter err, String drill) {
        this.err = err;
        this.drill = drill;
    }

    @Override
    public Progress of(String name) {
        return new JsonProgress(err, name);
    }

    @Override
    public synchronized void phase(DrillPhase phase, String detail) {
        if (phase != last) {
            last = phase;
            print(LogLine.now(Level.INFO, phase.label()).of(drill, "", "").with("phase", phase.label()));
        }
    }

    @Override
    public void note(String sentence) {
        note(Note.of(sentence));
    }

    @Override
    public void note(Note note) {
        print(LogLine.now(note.level(), note.sentence()).of(drill, note.node(), note.trace()));
    }

    private void print(LogLine line) {
        err.println(line.in(LogFormat.JSON));
        err.flush();
    }
}
