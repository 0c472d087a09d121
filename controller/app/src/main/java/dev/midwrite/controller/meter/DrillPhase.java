package dev.midwrite.controller.meter;

import java.util.Locale;

/** Where a drill is. */
public enum DrillPhase {
    IDLE,
    STARTING,
    WARMUP,
    TIMELINE,
    SETTLING,
    READING,
    CHECKING,
    DONE;

    /** As in the metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
