package dev.midwrite.controller.run;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.RunProgress;
import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps {@code progress.json} of a run up to date, each time that its phase is told. That it cannot be written ends no run: who
 * watches then sees no phase. Thread-safe.
 */
final class ProgressFile implements RecordListener {
    private final Drill drill;
    private final RunClock clock;
    private final Map<String, Long> faults = new TreeMap<>();
    private Bundle bundle;
    private DrillPhase phase = DrillPhase.IDLE;
    private long since;

    ProgressFile(Drill drill, RunClock clock) {
        this.drill = drill;
        this.clock = clock;
    }

    /** There is a place for it from now on. */
    synchronized void begin(Bundle made) {
        bundle = made;
        write();
    }

    /** @return whether it is another one than before */
    synchronized boolean phase(DrillPhase now) {
        boolean another = now != phase;
        if (another) {
            phase = now;
            since = clock.now();
        }
        write();
        return another;
    }

    @Override
    public synchronized void stored(String node, long incarnation, EventRecord event, String point) {
        if (event.type() == EventType.FAULT) {
            FaultKind.known(event.outcome()).ifPresent(kind -> faults.merge(kind.label(), 1L, Long::sum));
        }
    }

    /** Such as {@code , faults applied: drop 3}; empty before the first. */
    synchronized String words() {
        return faults.isEmpty()
                ? ""
                : ", faults applied: "
                        + faults.entrySet().stream()
                                .map(each -> each.getKey() + " " + each.getValue())
                                .collect(Collectors.joining(", "));
    }

    private void write() {
        if (bundle == null) {
            return;
        }
        try {
            new RunProgress(phase.label(), clock.now(), since, planned().toNanos(), Map.copyOf(faults)).write(bundle);
        } catch (IOException e) {
            bundle = null;
        }
    }

    private Duration planned() {
        return switch (phase) {
            case WARMUP -> drill.users().warmup();
            case TIMELINE -> drill.users().duration();
            case SETTLING -> drill.settle();
            case IDLE, STARTING, READING, CHECKING, DONE -> Duration.ZERO;
        };
    }
}
