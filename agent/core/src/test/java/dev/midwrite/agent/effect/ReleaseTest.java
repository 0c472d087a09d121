package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.fault.Some;
import dev.midwrite.event.FaultKind;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Threads that a fault holds up, and what lets them go. */
class ReleaseTest {
    private static final long MOST_NANOS = 100_000_000;
    /** The machine may have other things to do at any of them. */
    private static final int TRIALS = 20;

    @Test
    void byTheirInjectionsEnd() {
        assertThat(quickest(FaultKind.DELAY, injections -> injections.lift(7, Ending.COMMAND)))
                .isLessThan(MOST_NANOS);
    }

    @Test
    void byTheLeasesEndThoughNobodySweeps() {
        assertThat(quickest(FaultKind.HANG, injections -> injections.lease(0))).isLessThan(MOST_NANOS);
    }

    @Test
    void byAKillSwitchThoughNobodyLifts() {
        assertThat(quickest(FaultKind.HANG, injections -> injections.forbid(true)))
                .isLessThan(MOST_NANOS);
    }

    @Test
    void neitherForbiddingNorAskingWhetherToGoOnNeedsMemory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Injections injections = armed(FaultKind.HANG);
        File absent = new File("there is no such file");
        long before = 0;
        int rounds = 20_000;
        for (int i = 0; i < 2 * rounds; i++) {
            if (i == rounds) { // By now the JVM has loaded what it needs.
                before = threads.getCurrentThreadAllocatedBytes();
            }
            injections.forbid(absent.exists());
            if (!injections.armed(7)) {
                throw new AssertionError("it is armed, and nobody has forbidden it");
            }
        }
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / rounds).isZero();
    }

    private static long quickest(FaultKind fault, Consumer<Injections> release) {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS && quickest >= MOST_NANOS; i++) {
            quickest = Math.min(quickest, release(fault, release));
        }
        return quickest;
    }

    /** Nanoseconds until the thread went on. */
    private static long release(FaultKind fault, Consumer<Injections> release) {
        Injections injections = armed(fault);
        HeldThread held = new HeldThread(Some.POINTS, Some.SAVE, injections);
        assertThat(held.gone()).isNotDone();
        long released = System.nanoTime();
        release.accept(injections);
        return held.gone().join() - released;
    }

    private static Injections armed(FaultKind fault) {
        Injections injections = new Injections();
        injections.lease(Some.AN_HOUR);
        injections.arm(Some.of(7, fault), List.of(Some.SAVE));
        return injections;
    }
}
