package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injection;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.library.MemoryJournal;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Threads that a fault holds up, and what lets them go. */
class ReleaseTest {
    private static final long AN_HOUR = 3_600_000_000_000L;
    private static final long MOST_NANOS = 100_000_000;
    /** The machine may have other things to do at any of them. */
    private static final int TRIALS = 20;

    private final Catalogue points = new Catalogue(Libraries.all());
    private final Point save = points.all().stream()
            .filter(point -> point.name().equals("spring.SessionRepository.save"))
            .findFirst()
            .orElseThrow();

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

    private long quickest(FaultKind fault, Consumer<Injections> release) {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS && quickest >= MOST_NANOS; i++) {
            quickest = Math.min(quickest, release(fault, release));
        }
        return quickest;
    }

    /** Nanoseconds until the thread went on. */
    private long release(FaultKind fault, Consumer<Injections> release) {
        Injections injections = armed(fault);
        MemoryJournal journal = new MemoryJournal();
        OpenGate gate = new OpenGate(points, journal, injections, null, new byte[] {1}, false, () -> {}, () -> {});
        CompletableFuture<Long> gone = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            Object token = gate.enter(save.number(), this, "an id", null, "an id");
            gone.complete(System.nanoTime());
            Throwable unused = gate.exit(token, null, null, null);
        });
        waiting.start();
        await().until(() -> journal.records.stream().anyMatch(record -> record.type() == EventType.FAULT));
        assertThat(gone).isNotDone();
        long released = System.nanoTime();
        release.accept(injections);
        return gone.join() - released;
    }

    private Injections armed(FaultKind fault) {
        Injections injections = new Injections();
        injections.lease(AN_HOUR);
        injections.arm(
                new Injection(
                        7,
                        fault,
                        "session.save",
                        Edge.BEFORE,
                        0,
                        "",
                        Set.of(),
                        false,
                        false,
                        1,
                        Set.of(),
                        1,
                        1,
                        0,
                        0,
                        AN_HOUR,
                        0,
                        "",
                        1,
                        1,
                        AN_HOUR),
                List.of(save));
        return injections;
    }
}
