package dev.midwrite.junit;

import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.run.Progress;

/** Nobody watches a test; what a reader should know stands in the report's notes. */
final class Silence implements Progress {
    @Override
    public void phase(DrillPhase phase, String detail) {
        // Nobody asks.
    }

    @Override
    public void note(String sentence) {
        // The run keeps it for its report.
    }
}
