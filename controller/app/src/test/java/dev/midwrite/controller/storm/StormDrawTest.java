package dev.midwrite.controller.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.storm.Capabilities.Place;
import dev.midwrite.controller.storm.Capabilities.Seen;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StormDrawTest {
    private static final Duration OVER = Duration.ofSeconds(40);
    private static final Set<PointKind> POINTS = EnumSet.of(
            PointKind.SESSION_READ,
            PointKind.SESSION_SAVE,
            PointKind.SESSION_DELETE,
            PointKind.STORE_COMMAND,
            PointKind.STORE_BYTES,
            PointKind.REQUEST,
            PointKind.NODE,
            PointKind.SESSION_CLOCK);
    private static final Seen SEEN = new Seen(
            POINTS, false, Map.of(SessionOperation.CREATE, 2, SessionOperation.SAVE, 3, SessionOperation.DELETE, 1));

    private static final String REDIS = "store: {kind: redis, address: embedded}";

    @ParameterizedTest
    @EnumSource(StormProfile.class)
    void theSameSeedDrawsTheSameAndAnotherAnother(StormProfile profile) {
        Capabilities capabilities = capabilities(drill(REDIS, ""), profile, false);

        assertThat(draw(5, profile, capabilities)).isEqualTo(draw(5, profile, capabilities));
        assertThat(LongStream.range(0, 20)
                        .mapToObj(seed -> draw(seed, profile, capabilities))
                        .distinct())
                .hasSizeGreaterThan(15);
    }

    /** Written down, so that a seed that somebody has noted stays worth something. */
    @Test
    void aSeedDrawsOnEveryMachineWhatItDrewHere() {
        Capabilities capabilities = capabilities(drill(REDIS, ""), StormProfile.MIXED, false);

        assertThat(draw(7, StormProfile.MIXED, capabilities).words())
                .containsExactly(
                        "at 1s tear at session.save (edge inside, dirty true, step 3, share 50%, at-most 1) on left, for 5s",
                        "at 6600ms error at session.save (edge after-step, dirty true, step 2, probability 20%) on left, for 7500ms",
                        "at 10400ms hang at session.save (edge after-step, dirty true, step 2, at-most 3) on left and right, for 2500ms",
                        "at 16600ms delay at session.delete (edge after-step, step 1, delay 200ms) on right, for 5500ms",
                        "at 20s crash at session.save (edge after-step, dirty true, step 2, at-most 1) on left, for 3s",
                        "at 23400ms throttle at store.bytes (edge before, rate 16 KiB/s) on left, for 7500ms",
                        "at 29s delay at session.delete (edge before, delay 50ms) on left and right, for 2s",
                        "at 32100ms fill of the store, for 3s",
                        "at 36s crash at request (edge after, at-most 1) on right, for 8s",
                        "at 39700ms pressure at node (share 80%) on left and right, for 2500ms");
    }

    @ParameterizedTest
    @EnumSource(StormProfile.class)
    void whatIsDrawnCanBeRun(StormProfile profile) {
        for (boolean losing : new boolean[] {false, true}) {
            Drill drill = drill(REDIS, "");
            StormCourse course = new StormCourse(drill, profile);
            Capabilities capabilities = capabilities(drill, profile, losing);
            for (long seed = 0; seed < 20; seed++) {
                Schedule schedule = draw(seed, profile, capabilities);

                Drill storm = course.of("storm", "Drawn.", seed, schedule);

                assertThat(schedule.steps()).as("seed " + seed).isNotEmpty();
                assertThat(storm.seed()).isEqualTo(seed);
                assertThat(storm.timeline())
                        .hasSizeGreaterThanOrEqualTo(schedule.steps().size());
                assertThat(schedule.steps()).allMatch(step -> step.at().compareTo(OVER) < 0);
                List<StormStep> simpler = schedule.steps().stream()
                        .flatMap(step -> step.simpler().stream())
                        .toList();
                assertThat(course.possible(schedule.of(simpler)))
                        .as("seed " + seed)
                        .isTrue();
            }
        }
    }

    @Test
    void whatLosesByItselfIsDrawnOnlyIfItIsAskedFor() {
        Capabilities careful = capabilities(drill(REDIS, ""), StormProfile.MIXED, false);
        Capabilities losing = capabilities(drill(REDIS, ""), StormProfile.MIXED, true);

        assertThat(careful.places()).extracting(Place::fault).doesNotContainAnyElementsOf(Capabilities.LOSING);
        assertThat(careful.store())
                .containsExactlyInAnyOrder(
                        StoreAction.RESTART,
                        StoreAction.KILL,
                        StoreAction.STOP,
                        StoreAction.FILL,
                        StoreAction.EVICT,
                        StoreAction.PAUSE);
        assertThat(losing.places())
                .extracting(Place::fault)
                .contains(FaultKind.DROP, FaultKind.LAG, FaultKind.STALE, FaultKind.CLOCK, FaultKind.CORRUPT);
        assertThat(losing.store()).contains(StoreAction.FLUSH).doesNotContain(StoreAction.FAILOVER);
    }

    /** Who says that nothing is kept on disk gets no store that is restarted: what it loses then is by design. */
    @Test
    void aStoreThatKeepsNothingIsNotEnded() {
        Capabilities capabilities = capabilities(
                drill("store: {kind: redis, address: embedded, config: {appendonly: no}}", ""),
                StormProfile.MIXED,
                false);

        assertThat(capabilities.store())
                .containsExactlyInAnyOrder(StoreAction.FILL, StoreAction.EVICT, StoreAction.PAUSE);
    }

    @Test
    void aStoreThatIsEndedKeepsWhatItHas() {
        Drill storm = new StormCourse(drill(REDIS, ""), StormProfile.IDLE)
                .of("storm", "Drawn.", 1, new Schedule(List.of(), Duration.ZERO));

        assertThat(storm.store().own().config())
                .containsEntry("appendonly", "yes")
                .containsEntry("appendfsync", "always")
                .containsEntry("timeout", "2");
    }

    @Test
    void onlyWhatNodesAndStoreCanDoIsDrawn() {
        Capabilities database =
                capabilities(drill("store: {kind: jdbc, address: embedded}", ""), StormProfile.MIXED, true);
        Capabilities elsewhere =
                capabilities(drill("store: {kind: redis, address: \"127.0.0.1:6379\"}", ""), StormProfile.MIXED, true);

        assertThat(database.store()).isEmpty();
        assertThat(elsewhere.store()).isEmpty();
        assertThat(database.places())
                .extracting(Place::point)
                .isSubsetOf(POINTS)
                .contains(PointKind.SESSION_SAVE)
                .doesNotContain(PointKind.REPLICA_SEND);
        assertThat(database.places()).extracting(Place::fault).doesNotContain(FaultKind.PARTITION);
    }

    /** Without the agent nothing can be injected; nodes still end. */
    @Test
    void nodesWithoutAnAgentAreOnlyEndedAndReplaced() {
        Drill drill = DrillFile.parse(
                Path.of("a.yaml"), drill(REDIS, "").text().written().replace("{agent} ", ""));

        Capabilities capabilities = capabilities(drill, StormProfile.MIXED, true);

        assertThat(capabilities.places()).isEmpty();
        assertThat(capabilities.ends()).contains(Step.Action.KILL);
        assertThat(capabilities.rollouts()).isTrue();
    }

    @Test
    void whereASessionLivesOnOneNodeByDesignNodesAreNotEnded() {
        Drill drill = drill(REDIS, "scope: node\n");

        Capabilities capabilities = capabilities(drill, StormProfile.RAPID, false);

        assertThat(capabilities.ends()).isEmpty();
        assertThat(capabilities.rollouts()).isFalse();
        assertThat(capabilities.places()).noneMatch(place -> place.fault().halts());
        assertThat(capabilities(drill, StormProfile.RAPID, true).ends()).isNotEmpty();
    }

    /** What ends a node while others are replaced would look like a build that does not start. */
    @Test
    void nothingEndsANodeFromARolloutOn() {
        Capabilities capabilities = capabilities(drill(REDIS, ""), StormProfile.LONG_LIVED, false);
        for (long seed = 0; seed < 200; seed++) {
            List<StormStep> ends = draw(seed, StormProfile.LONG_LIVED, capabilities).steps().stream()
                    .filter(StormStep::startsNodes)
                    .toList();
            for (int i = 0; i < ends.size(); i++) {
                if (ends.get(i) instanceof RolloutStep) {
                    assertThat(ends.subList(i + 1, ends.size())).isEmpty();
                    assertThat(ends.subList(0, i))
                            .allMatch(end -> end.at()
                                            .plus(end.lasting())
                                            .compareTo(ends.get(ends.size() - 1).at())
                                    < 0);
                }
            }
        }
    }

    @Test
    void sessionsThatLiveInNodesAloneLoseNoTwoAtATime() {
        Seen inNodes = new Seen(EnumSet.of(PointKind.REQUEST, PointKind.REPLICA_SEND), true, Map.of());
        StormCourse course = new StormCourse(drill(REDIS, ""), StormProfile.RAPID);
        Capabilities capabilities = Capabilities.of(course, inNodes, false);
        for (long seed = 0; seed < 50; seed++) {
            List<StormStep> ends = draw(seed, StormProfile.RAPID, capabilities).steps().stream()
                    .filter(StormStep::startsNodes)
                    .toList();
            for (int i = 1; i < ends.size(); i++) {
                assertThat(ends.get(i).at())
                        .isGreaterThanOrEqualTo(ends.get(i - 1).at().plusSeconds(10));
            }
            assertThat(ends).allMatch(end -> end.entries().get(0).contains("when: all-up"));
            assertThat(course.possible(new Schedule(ends, Duration.ZERO))).isTrue();
        }
    }

    @Test
    void profilesAreWhatTheirNamesSay() {
        assertThat(drawn(StormProfile.RAPID).filter(StormStep::startsNodes).count())
                .isGreaterThan(3
                        * drawn(StormProfile.IDLE)
                                .filter(StormStep::startsNodes)
                                .count());
        assertThat(drawn(StormProfile.PRESSURE).map(StormStep::words))
                .anyMatch(words -> words.startsWith("pressure at node"))
                .anyMatch(words -> words.startsWith("evict of the store"));
        assertThat(drawn(StormProfile.MIXED).map(StormStep::words)).noneMatch(words -> words.startsWith("evict"));
        assertThat(workloads(StormProfile.HUGE)).contains("large");
        assertThat(workloads(StormProfile.LONG_LIVED)).containsExactly("list");
        assertThat(workloads(StormProfile.CHURN)).contains("relogin", "logout", "rotate");
        assertThat(users(StormProfile.CHURN).users().arrivals()).isGreaterThan(5);
        assertThat(users(StormProfile.LONG_LIVED).users().arrivals()).isZero();
        assertThat(users(StormProfile.IDLE).users().rate()).isLessThan(0.2);
    }

    private static Set<String> workloads(StormProfile profile) {
        return new HashSet<>(users(profile).users().workloads());
    }

    private static Drill users(StormProfile profile) {
        return new StormCourse(drill(REDIS, ""), profile)
                .of("storm", "Drawn.", 1, new Schedule(List.of(), Duration.ZERO));
    }

    private static Stream<StormStep> drawn(StormProfile profile) {
        Capabilities capabilities = capabilities(drill(REDIS, ""), profile, false);
        return LongStream.range(0, 50).boxed().flatMap(seed -> draw(seed, profile, capabilities).steps().stream());
    }

    private static Schedule draw(long seed, StormProfile profile, Capabilities capabilities) {
        return new Schedule(StormDraw.of(seed, profile, capabilities, OVER), Duration.ofSeconds(5));
    }

    /** They do not depend on the profile, and asking for each thing takes its time. */
    private static final Map<String, Capabilities> KNOWN = new ConcurrentHashMap<>();

    private static Capabilities capabilities(Drill drill, StormProfile profile, boolean losing) {
        return KNOWN.computeIfAbsent(
                drill.text().written() + losing,
                drills -> Capabilities.of(new StormCourse(drill, profile), SEEN, losing));
    }

    private static Drill drill(String store, String more) {
        return DrillFile.parse(Path.of("a.yaml"), """
                version: 1
                %s%s
                nodes: {names: [left, right], command: "{java} {agent} -jar a.jar"}
                users: {sessions: 3, duration: 5s, workloads: [list, logout], ttl: 90s, login: [401]}
                """.formatted(more, store));
    }
}
