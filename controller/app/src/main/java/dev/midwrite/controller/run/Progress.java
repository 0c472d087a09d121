package dev.midwrite.controller.run;

import dev.midwrite.controller.meter.DrillPhase;

/** Hears how far a run is. Thread-safe. */
public interface Progress {

    /** @param detail a few words, such as how many requests there were; may be empty */
    void phase(DrillPhase phase, String detail);

    /** One sentence that somebody who watches should know. */
    void note(String sentence);

    /** The same, and what it is about. */
    default void note(Note note) {
        note(note.sentence());
    }

    /** Who hears of this drill; where several run, listeners may want to tell them apart. */
    default Progress of(String drill) {
        return this;
    }
}
