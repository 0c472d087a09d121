package dev.midwrite.agent.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The same seed makes the same decisions, whatever the threads do. */
class ReplayTest {
    private static final int SESSIONS = 40;
    private static final int SAVES = 50;
    private static final int THREADS = 8;

    @Test
    void threadsInAnyOrderDecideAsOneThreadDoes() throws Exception {
        Map<Long, List<Integer>> expected = run(List.of(inOrder()));
        assertThat(expected.values()).anyMatch(decisions -> decisions.contains(1));
        for (long order = 0; order < 20; order++) {
            assertThat(run(shuffled(order))).isEqualTo(expected);
        }
    }

    /** One turn each of the session that the list names. */
    private static List<Long> inOrder() {
        List<Long> turns = new ArrayList<>();
        for (long label = 1; label <= SESSIONS; label++) {
            turns.addAll(Collections.nCopies(SAVES, label));
        }
        return turns;
    }

    /** A session has one request at a time, so each belongs to one thread; who is when is drawn. */
    private static List<List<Long>> shuffled(long order) {
        Random random = new Random(order);
        List<List<Long>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new ArrayList<>());
        }
        for (long label = 1; label <= SESSIONS; label++) {
            threads.get(random.nextInt(THREADS)).addAll(Collections.nCopies(SAVES, label));
        }
        threads.forEach(turns -> Collections.shuffle(turns, random));
        return threads;
    }

    private static Map<Long, List<Integer>> run(List<List<Long>> threads) throws Exception {
        Some rare = new Some();
        rare.probability = 0.1;
        Some third = new Some();
        third.id = 2;
        third.every = 3;
        third.sessionShare = 0.5;
        Injections injections = Some.armed(rare.injection(), third.injection());
        Map<Long, List<Integer>> decisions = new ConcurrentHashMap<>();
        AtomicLong scopes = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(threads.size());
        ExecutorService pool = Executors.newFixedThreadPool(threads.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (List<Long> turns : threads) {
                running.add(pool.submit(() -> {
                    start.await();
                    for (long label : turns) {
                        Decision decision = Some.decide(injections, Some.save(label, scopes.incrementAndGet()));
                        decisions
                                .computeIfAbsent(label, key -> new ArrayList<>())
                                .add(decision == null ? 0 : decision.injection());
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        return decisions;
    }
}
