package dev.midwrite.controller.run;

import dev.midwrite.controller.meter.DrillPhase;
import java.util.ArrayList;
import java.util.List;

/** Keeps what would be shown. */
final class Told implements Progress {
    final List<String> notes = new ArrayList<>();

    @Override
    public void phase(DrillPhase phase, String detail) {
        // Where a run is concerns nobody here.
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }
}
