package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryUsage;
import org.junit.jupiter.api.Test;

class PressureTest {
    private static final long MAX = 100L * Pressure.CHUNK;

    private long live = 20L * Pressure.CHUNK;
    /** Of the host and, once given back, of the pressure. */
    private long garbage;

    private long collections;
    private boolean full;
    private final Pressure pressure = new Pressure(0.9, this::heap, () -> collections);

    @Test
    void takesWhatTheHostLeavesOfTheShare() {
        pressure.keep();
        assertThat(pressure.wanted()).isEqualTo(90L * Pressure.CHUNK);
        assertThat(pressure.taken()).isEqualTo(70L * Pressure.CHUNK);
        pressure.keep();
        assertThat(pressure.taken()).as("and no more").isEqualTo(70L * Pressure.CHUNK);
    }

    @Test
    void takesMoreOnceGarbageIsCollected() {
        garbage = 30L * Pressure.CHUNK;
        pressure.keep();
        assertThat(pressure.taken()).isEqualTo(40L * Pressure.CHUNK);
        collect();
        pressure.keep();
        assertThat(pressure.taken()).isEqualTo(70L * Pressure.CHUNK);
    }

    @Test
    void givesBackWhatTheHostNeeds() {
        pressure.keep();
        live += 8L * Pressure.CHUNK;
        pressure.keep();
        assertThat(pressure.taken()).as("it may be garbage").isEqualTo(70L * Pressure.CHUNK);
        collect();
        pressure.keep();
        assertThat(pressure.taken()).isEqualTo(62L * Pressure.CHUNK);
    }

    @Test
    void aHostThatHasMoreKeepsIt() {
        live = 95L * Pressure.CHUNK;
        collect();
        pressure.keep();
        assertThat(pressure.taken()).isZero();
    }

    @Test
    void withoutRoomItLetsGo() {
        full = true;
        pressure.keep();
        assertThat(pressure.taken()).isZero();
        full = false;
        pressure.keep();
        assertThat(pressure.taken()).as("and does not come back").isZero();
    }

    @Test
    void atItsEndNothingIsHeld() {
        pressure.keep();
        pressure.end();
        assertThat(pressure.taken()).isZero();
    }

    private void collect() {
        garbage = 0;
        collections++;
    }

    /** What is taken is in use, as in a heap. */
    private MemoryUsage heap() {
        long taken = pressure == null ? 0 : pressure.taken();
        if (full && taken > 0) {
            throw new OutOfMemoryError("as if the last chunk had found no room");
        }
        return new MemoryUsage(0, Math.min(MAX, live + garbage + taken), MAX, MAX);
    }
}
