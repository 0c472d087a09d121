package dev.midwrite.controller.run;

import dev.midwrite.controller.meter.DrillPhase;

/** Hears how far a run is. Thread-safe. */
public interface Progress {

    /** @param detail a few words, such as how many requests there were; may be empty */
    void phase(DrillPhase phase, String detail);

    /** One sentence that somebody who watches should know. */
    void note(String sentence);
}
