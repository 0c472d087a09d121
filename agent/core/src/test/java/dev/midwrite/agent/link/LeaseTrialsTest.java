package dev.midwrite.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.effect.HeldThread;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.fault.Policy;
import dev.midwrite.agent.fault.Some;
import dev.midwrite.agent.meter.AgentMeters;
import dev.midwrite.event.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call that hangs by a fault, over real connections that break: how long until it goes on. */
class LeaseTrialsTest {
    private static final int TRIALS = Integer.getInteger("midwrite.lease.trials", 4);
    private static final int AT_ONCE = 8;
    /** Between two leases. */
    private static final long PERIOD_MILLIS = 500;

    private static final long LEASE_MILLIS = 1_900;
    /** Of this machine, which may be busy; what an idle one shows is printed. */
    private static final long MOST_MILLIS = 10_000;

    @TempDir
    private Path directory;

    private enum Break {
        /** The controller's process ends. */
        KILLED,
        /** It is there and says nothing. */
        SILENT,
        /** Nothing arrives on either side, and neither is told. */
        SWALLOWED
    }

    @ParameterizedTest
    @EnumSource(Break.class)
    void theCallGoesOn(Break how) throws Exception {
        Histogram millis = new Histogram(3);
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Long>> trials = new ArrayList<>();
            for (int i = 0; i < TRIALS; i++) {
                long age = PERIOD_MILLIS * i / TRIALS;
                trials.add(pool.submit(() -> trial(how, age)));
            }
            for (Future<Long> trial : trials) {
                millis.recordValue(TimeUnit.NANOSECONDS.toMillis(trial.get()));
            }
        } finally {
            pool.shutdownNow();
        }
        System.out.printf(
                "%s: %d calls went on after %d to %d ms, in the middle %d ms%n",
                how,
                millis.getTotalCount(),
                millis.getMinValue(),
                millis.getMaxValue(),
                millis.getValueAtPercentile(50));
        assertThat(millis.getTotalCount()).isEqualTo(TRIALS);
        assertThat(millis.getMaxValue()).isLessThan(MOST_MILLIS);
    }

    /** @param age of the last lease when the link breaks, in milliseconds, or somewhat more */
    private long trial(Break how, long age) throws Exception {
        Injections injections = new Injections();
        try (FakeController controller = new FakeController(0, "key");
                Relay relay = new Relay(controller.port());
                AgentMeters meters = new AgentMeters(List::of, injections);
                LinkClient client = new LinkClient(
                        new LinkSettings(
                                "1",
                                "node-1",
                                1,
                                "127.0.0.1",
                                relay.port(),
                                FakeController.identity(directory),
                                directory.resolve("journal"),
                                1 << 20,
                                10,
                                Policy.of(Set.of(FaultKind.HANG)),
                                directory.resolve("stop").toFile()),
                        injections,
                        List::of,
                        null,
                        meters)) {
            client.start();
            controller.awaitHello(1);
            controller.renewLeases(LEASE_MILLIS);
            await().until(() -> injections.leaseLeft() > 0);
            injections.arm(Some.of(7, FaultKind.HANG), List.of(Some.SAVE));
            CompletableFuture<Long> gone = new HeldThread(Some.POINTS, Some.SAVE, injections).gone();
            AtomicLong before = new AtomicLong(Long.MAX_VALUE);
            soon().until(() -> injections.leaseAge() < before.getAndSet(injections.leaseAge())); // A new one has come.
            soon().until(() -> injections.leaseAge() >= TimeUnit.MILLISECONDS.toNanos(age));
            long broken = System.nanoTime();
            switch (how) {
                case KILLED -> controller.die();
                case SILENT -> controller.fallSilent();
                case SWALLOWED -> relay.swallow();
            }
            return gone.get(1, TimeUnit.HOURS) - broken;
        }
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }
}
