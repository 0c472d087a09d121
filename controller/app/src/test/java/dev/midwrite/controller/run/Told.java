package dev.midwrite.controller.run;

import dev.midwrite.controller.meter.DrillPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what would be shown. */
final class Told implements Progress {
    final List<String> notes = new CopyOnWriteArrayList<>();
    /** Each as often as it began. */
    final List<DrillPhase> phases = new ArrayList<>();

    @Override
    public void phase(DrillPhase phase, String detail) {
        if (phases.isEmpty() || phases.get(phases.size() - 1) != phase) {
            phases.add(phase);
        }
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }
}
