package dev.midwrite.agent.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InjectionsTest {
    private final Some some = new Some();

    private static Counts only(Injections injections) {
        assertThat(injections.counts()).hasSize(1);
        return injections.counts().get(0);
    }

    @Test
    void nothingIsArmedAtFirst() {
        Injections injections = new Injections();
        assertThat(injections.armed()).isFalse();
        assertThat(Some.fire(injections, Some.save(1, 1))).isNull();
    }

    @Test
    void withoutALeaseNothingFires() {
        Injections injections = new Injections();
        injections.arm(some.injection(), List.of(Some.SAVE));
        assertThat(Some.fire(injections, Some.save(1, 1))).isNull();
        injections.lease(-1);
        assertThat(Some.fire(injections, Some.save(1, 2))).isNull();
    }

    @Test
    void aDropHoldsForTheWholeLogicalSaveAndCountsOnce() {
        some.every = 2;
        Injections injections = Some.armed(some.injection());
        assertThat(Some.fire(injections, Some.save(1, 1))).isNull();
        assertThat(Some.fire(injections, Some.save(1, 1))).isNull();
        assertThat(Some.fire(injections, Some.save(1, 2))).isNotNull();
        assertThat(Some.fire(injections, Some.save(1, 2))).isNotNull();
        assertThat(Some.fire(injections, Some.save(1, 3))).isNull();
        assertThat(only(injections).matched()).isEqualTo(3);
        assertThat(only(injections).applied()).isEqualTo(1);
    }

    @Test
    void aDelayHappensOnceInALogicalSave() {
        some.fault = FaultKind.DELAY;
        Injections injections = Some.armed(some.injection());
        assertThat(Some.fire(injections, Some.save(1, 1))).isNotNull();
        assertThat(Some.fire(injections, Some.save(1, 1))).isNull();
    }

    @Test
    void eachStepIsAPassageOfItsOwn() {
        some.fault = FaultKind.DELAY;
        some.edge = Edge.STEP;
        Injections injections = Some.armed(some.injection());
        assertThat(Some.fire(injections, Some.step(1, 1, 1, "HMSET"))).isNotNull();
        assertThat(Some.fire(injections, Some.step(1, 1, 2, "PEXPIRE"))).isNotNull();
        assertThat(only(injections).applied()).isEqualTo(2);
    }

    @Test
    void selectsByStepAndCommand() {
        some.edge = Edge.STEP;
        some.step = 2;
        some.command = "hmset";
        Injections injections = Some.armed(some.injection());
        assertThat(Some.fire(injections, Some.step(1, 1, 1, "HMSET"))).isNull();
        assertThat(Some.fire(injections, Some.step(1, 1, 2, "PEXPIRE"))).isNull();
        assertThat(Some.fire(injections, Some.save(1, 1))).isNull();
        assertThat(Some.fire(injections, Some.step(1, 2, 2, "HMSET"))).isNotNull();
    }

    @Test
    void selectsNewAndDirtySavesAndLabels() {
        some.onlyNew = true;
        some.onlyDirty = true;
        some.labels = Set.of(5L);
        Injections injections = Some.armed(some.injection());
        Passage passage = Some.save(5, 1);
        assertThat(Some.fire(injections, passage)).isNull();
        passage.isNew = true;
        assertThat(Some.fire(injections, passage)).isNull();
        passage.dirty = true;
        assertThat(Some.fire(injections, passage)).isNotNull();
        passage.label = 6;
        passage.scope = 2;
        assertThat(Some.fire(injections, passage)).isNull();
    }

    @Test
    void selectsByKindOrByName() {
        some.point = "spring.SessionRepository.save";
        assertThat(Some.fire(Some.armed(some.injection()), Some.save(1, 1))).isNotNull();
        some.point = "session.delete";
        assertThat(Some.fire(Some.armed(some.injection()), Some.save(1, 1))).isNull();
    }

    @Test
    void whatIsOnlyRecordedIsNotMeantByItsKind() {
        some.point = "shutdown.hook";
        assertThat(Some.selected(some.injection())).extracting(Point::name).containsExactly("jvm.ShutdownHook.run");
        some.point = "jvm.ApplicationShutdownHooks.add";
        assertThat(Some.selected(some.injection()))
                .singleElement()
                .satisfies(point -> assertThat(point.reason(FaultKind.DELAY, Edge.BEFORE))
                        .contains(
                                "delay at jvm.ApplicationShutdownHooks.add is impossible: there a hook is registered, and it"
                                        + " runs at jvm.ShutdownHook.run"));
    }

    @Test
    void atMostHoldsAmongThreads() throws Exception {
        some.atMost = 10;
        Injections injections = Some.armed(some.injection());
        AtomicLong scopes = new AtomicLong();
        AtomicInteger fired = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (long thread = 0; thread < 8; thread++) {
                long label = thread;
                running.add(pool.submit(() -> {
                    for (int i = 0; i < 1000; i++) {
                        if (Some.fire(injections, Some.save(label, scopes.incrementAndGet())) != null) {
                            fired.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(fired).hasValue(10);
        assertThat(only(injections).matched()).isEqualTo(8000);
        assertThat(only(injections).applied()).isEqualTo(10);
    }

    @Test
    void whatIsExhaustedLeavesTheHotPath() {
        some.atMost = 1;
        List<Ending> endings = new ArrayList<>();
        Injections injections = Some.armed(some.injection());
        injections.onEnd((counts, ending) -> endings.add(ending));
        assertThat(Some.fire(injections, Some.save(1, 1))).isNotNull();
        await().until(() -> {
            injections.sweep();
            return !injections.armed();
        });
        assertThat(endings).containsExactly(Ending.EXHAUSTED);
        assertThat(injections.applied()).isEqualTo(1);
    }

    @Test
    void aFaultThatDoesNotTakePlaceGivesItsTurnBack() {
        some.atMost = 1;
        Injections injections = Some.armed(some.injection());
        Passage first = Some.save(1, 1);
        Decision decision = Some.decide(injections, first);
        assertThat(decision).isNotNull();
        assertThat(Some.decide(injections, Some.save(2, 2)))
                .as("the only turn is taken")
                .isNull();
        injections.spared(first, decision);
        assertThat(only(injections).applied()).isZero();
        assertThat(Some.decide(injections, first))
                .as("the same save again is no longer hit")
                .isNull();
        assertThat(Some.fire(injections, Some.save(3, 3))).isNotNull();
        assertThat(only(injections).applied()).isEqualTo(1);
    }

    @Test
    void injectionsDoNotShiftEachOthersOrdinals() {
        some.fault = FaultKind.DELAY;
        some.every = 2;
        Injection second = some.injection();
        some.id = 2;
        some.every = 3;
        Injections injections = Some.armed(second, some.injection());
        List<Integer> hits = new ArrayList<>();
        for (long scope = 1; scope <= 12; scope++) {
            Decision decision = Some.fire(injections, Some.save(1, scope));
            hits.add(decision == null ? 0 : decision.injection());
        }
        // Where both fire, the one that was armed first does.
        assertThat(hits).containsExactly(0, 1, 2, 1, 0, 1, 0, 1, 2, 1, 0, 1);
    }

    @Test
    void withoutALabelEverySessionDrawsForItself() {
        some.probability = 0.5;
        assertThat(hitsOf1000Unlabelled()).isBetween(430L, 570L);
    }

    @Test
    void withoutALabelAShareIsOfSessions() {
        some.sessionShare = 0.5;
        assertThat(hitsOf1000Unlabelled()).isBetween(430L, 570L);
    }

    @Test
    void whatIsNobodysDrawsEachTime() {
        some.sessionShare = 0.5;
        Injections injections = Some.armed(some.injection());
        Passage nobodys = Some.save(0, 0);
        long hits = java.util.stream.IntStream.range(0, 1000)
                .filter(i -> Some.fire(injections, nobodys) != null)
                .count();
        assertThat(hits).isBetween(430L, 570L);
    }

    private long hitsOf1000Unlabelled() {
        Injections injections = Some.armed(some.injection());
        long hits = 0;
        for (int session = 1; session <= 1000; session++) {
            Passage passage = Some.save(0, session);
            passage.session = session;
            hits += Some.fire(injections, passage) == null ? 0 : 1;
        }
        return hits;
    }

    @Test
    void anInjectionWithoutADelayTakesNoMemoryForDelays() {
        Injections injections = Some.armed(some.injection());
        assertThat(Some.fire(injections, Some.save(1, 1))).isNotNull();
        assertThat(only(injections).delays().isEmpty()).isTrue();
        assertThat(only(injections).delays().micros().getTotalCount()).isZero();
    }

    @Test
    void anInjectionThatIsLiftedIsNotArmedBesideAnother() {
        Injection first = some.injection();
        some.id = 2;
        Injections injections = Some.armed(first, some.injection());
        assertThat(injections.armed(1)).isTrue();
        injections.lift(1, Ending.COMMAND);
        assertThat(injections.armed(1)).isFalse();
        assertThat(injections.armed(2)).isTrue();
    }

    @Test
    void aDryRunCountsWhatItWouldHitAndHitsNothing() {
        some.every = 2;
        Injections injections = Some.armed();
        injections.armDry(some.injection(), List.of(Some.SAVE));
        for (int scope = 1; scope <= 10; scope++) {
            assertThat(Some.fire(injections, Some.save(1, scope))).isNull();
        }
        assertThat(only(injections).isDry()).isTrue();
        assertThat(only(injections).matched()).isEqualTo(10);
        assertThat(only(injections).applied()).isEqualTo(5);
        assertThat(only(injections).heldBack()).containsOnly(Map.entry(Reason.EVERY, 5L));
        injections.lift(0, Ending.COMMAND);
        assertThat(injections.matched()).isZero();
        assertThat(injections.applied()).isZero();
    }

    @Test
    void aDryRunTakesNothingFromWhatIsInjected() {
        some.atMost = 3;
        Injection real = some.injection();
        some.id = 2;
        Injections injections = Some.armed();
        injections.armDry(some.injection(), List.of(Some.SAVE));
        injections.arm(real, List.of(Some.SAVE));
        for (int scope = 1; scope <= 5; scope++) {
            Decision decision = Some.fire(injections, Some.save(scope, scope));
            assertThat(decision == null ? 0 : decision.injection()).isEqualTo(scope <= 3 ? 1 : 0);
        }
        assertThat(injections.counts()).extracting(Counts::applied).containsExactly(3L, 3L);
        assertThat(injections.applied()).isEqualTo(3);
    }

    @Test
    void selectsThePeer() {
        some.peers = java.util.Set.of("10.0.0.2:4000");
        Injections injections = Some.armed(some.injection());
        Passage passage = Some.save(1, 1);
        assertThat(Some.fire(injections, passage)).isNull();
        passage.peer = "10.0.0.2:4000";
        assertThat(Some.fire(injections, passage)).isNotNull();
    }

    @Test
    void aThreadThatMustNotWaitIsNotDelayed() {
        some.fault = FaultKind.DELAY;
        some.atMost = 1;
        Injections injections = Some.armed(some.injection());
        assertThat(injections.decide(Some.save(1, 1), Some.SAVE, Edge.BEFORE, false))
                .isNull();
        assertThat(only(injections).matched()).isEqualTo(1);
        assertThat(only(injections).applied()).isZero();
        assertThat(Some.fire(injections, Some.save(1, 2))).isNotNull();
    }

    @Test
    void pointsWhereItIsNotArmedAreLeftAlone() {
        Injections injections = Some.armed();
        injections.arm(some.injection(), List.of(Some.point("spring.SessionRepository.delete")));
        assertThat(Some.fire(injections, Some.save(1, 1))).isNull();
        assertThat(only(injections).matched()).isZero();
    }

    @Test
    void timeToLiveEndsAnInjectionByItself() {
        some.ttl = 1;
        List<Ending> endings = new ArrayList<>();
        Injections injections = Some.armed(some.injection());
        injections.onEnd((counts, ending) -> endings.add(ending));
        assertThat(Some.fire(injections, Some.save(1, 1))).isNull();
        injections.sweep();
        assertThat(endings).containsExactly(Ending.TTL);
    }

    @Test
    void aLostLeaseEndsEverything() {
        List<Ending> endings = new ArrayList<>();
        Injections injections = Some.armed(some.injection());
        injections.onEnd((counts, ending) -> endings.add(ending));
        injections.lease(0);
        injections.sweep();
        assertThat(injections.armed()).isFalse();
        assertThat(endings).containsExactly(Ending.LEASE);
    }

    @Test
    void achievedDelaysAreKept() {
        some.fault = FaultKind.DELAY;
        Injections injections = Some.armed(some.injection());
        Decision decision = Some.fire(injections, Some.save(1, 1));
        injections.achieved(decision, 5_000_000);
        assertThat(only(injections).delays().micros().getTotalCount()).isEqualTo(1);
        assertThat(only(injections).delays().micros().getMinValue()).isBetween(4990L, 5010L);
    }

    @Test
    void whatHeldAnInjectionBackIsCountedByReason() {
        some.onlyNew = true;
        some.after = 1;
        some.atMost = 1;
        Injections injections = Some.armed(some.injection());
        Some.fire(injections, Some.step(1, 1, 1, "HMSET")); // At another edge.
        Some.fire(injections, Some.save(1, 2)); // Not new.
        for (int scope = 3; scope <= 6; scope++) {
            Passage passage = Some.save(1, scope);
            passage.isNew = true;
            Some.fire(injections, passage);
        }
        assertThat(only(injections).matched()).isEqualTo(4);
        assertThat(only(injections).applied()).isEqualTo(1);
        assertThat(only(injections).heldBack())
                .containsOnly(
                        Map.entry(Reason.EDGE, 1L),
                        Map.entry(Reason.NEW, 1L),
                        Map.entry(Reason.AFTER, 1L),
                        Map.entry(Reason.AT_MOST, 2L));
    }

    @Test
    void chanceAndTheEndOfALeaseAreReasonsToo() {
        some.probability = 0;
        Injections injections = Some.armed(some.injection());
        Some.fire(injections, Some.save(1, 1));
        injections.lease(-1);
        Some.fire(injections, Some.save(1, 2));
        assertThat(only(injections).heldBack())
                .containsOnly(Map.entry(Reason.PROBABILITY, 1L), Map.entry(Reason.LEASE, 1L));
    }
}
