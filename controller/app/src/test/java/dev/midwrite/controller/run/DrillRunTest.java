package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Edits;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.history.RunFacts;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs in no time, from the first look around to the report. */
class DrillRunTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String KILL = "{at: 2s, node: node-1, action: kill}";
    private static final String START = "{at: 4s, node: node-1, action: start}";

    @TempDir
    private Path directory;

    private final SteppedClock clock = new SteppedClock();
    private final PlayedEnvironment environment = new PlayedEnvironment(clock, List.of("node-1", "node-2"));
    private final Told told = new Told();
    private final Reaper reaper = Reaper.install();
    private final ControllerMeters meters = new ControllerMeters();

    @AfterEach
    void end() {
        reaper.close();
        meters.close();
    }

    @Test
    void oneThingComesAfterTheOther() throws Exception {
        RunResult judged = run(KILL, START);

        assertThat(environment.calls)
                .containsExactly(
                        "look around",
                        "start the store",
                        "listen",
                        "look into the store",
                        "start nodes",
                        "first contact",
                        "look into the nodes",
                        "users come",
                        "users come no more",
                        "users rest",
                        "last reads",
                        "users described",
                        "audit",
                        "users leave",
                        "users closed",
                        "collect journals",
                        "nodes closed",
                        "fleet closed",
                        "store closed",
                        "last scrape",
                        "all closed");
        assertThat(told.phases)
                .containsExactly(
                        DrillPhase.STARTING,
                        DrillPhase.WARMUP,
                        DrillPhase.TIMELINE,
                        DrillPhase.SETTLING,
                        DrillPhase.READING,
                        DrillPhase.CHECKING,
                        DrillPhase.DONE);
        assertThat(told.notes)
                .contains(
                        "metrics at http://127.0.0.1:1234/metrics",
                        "Its cookies are Secure.",
                        "node-1: killed.",
                        "node-1: started again.");
        assertThat(judged.files().html()).exists();
    }

    @Test
    void howItBeganSaysWhereItIsScrapedAndSoDoesTheReport() throws Exception {
        RunResult judged = run(KILL, START);
        Bundle bundle = new Bundle(judged.files().html().getParent());
        assertThat(StartFile.read(bundle).metricsPort()).isEqualTo(1234);
        assertThat(judged.files().html()).content().contains("<dt>Metrics</dt><dd>127.0.0.1:1234</dd>");
    }

    @Test
    void whatTheVerdictRestsOnIsInTheBundle() throws Exception {
        RunResult judged = run(KILL, START);

        RunFacts facts = bundle().facts();
        assertThat(facts.course().faults())
                .extracting(FaultFacts::name, FaultFacts::node)
                .containsExactly(tuple("kill", "node-1"));
        assertThat(facts.origin().versions()).containsEntry("node-1 JDK", "17").containsEntry("Store", "Played 1.0");
        assertThat(facts.fleet().nodeRuns().starts()).isEqualTo(3);
        assertThat(facts.course().healedAt())
                .isBetween(5 * SECOND, facts.course().settledAt());
        assertThat(judged.input().trial().faults()).hasSize(1);
        assertThat(BundleJudge.judge(directory.resolve("run")).judgement().verdict())
                .isEqualTo(judged.judgement().verdict());
    }

    /** Warm-up, twenty seconds, and what is waited before the last reads. */
    @Test
    void theLastReadsComeWhenAllHasSettled() throws Exception {
        run();

        RunContext context = RunContext.read(directory.resolve("run"));
        assertThat(context.origin()).isEqualTo(3 * SECOND);
        assertThat(bundle().facts().course().settledAt()).isBetween(27 * SECOND, 28 * SECOND);
        assertThat(bundle().facts().course().healedAt()).isZero();
    }

    @Test
    void aNodeThatStaysDownIsNeverHealed() throws Exception {
        run(KILL);

        assertThat(bundle().facts().course().healedAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aStoreThatStaysDownIsNeverHealed() throws Exception {
        run("{at: 2s, store: kill}");

        assertThat(bundle().facts().course().healedAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void injectionsAreAskedForBeforeTheTimelineAndLiftedInIt() throws Exception {
        environment.agents.refusals.put("node-1", "only drops are allowed here");
        run("{at: 1s, inject: {fault: drop, point: session.save, nodes: [node-1], for: 2s}}");

        assertThat(environment.agents.calls)
                .containsExactly(
                        3 * SECOND + " ask 1 on node-1",
                        4 * SECOND + " arm 1 on node-1",
                        6 * SECOND + " lift 1 on node-1");
        assertThat(bundle().facts().assumptions())
                .containsExactly("Line 7: node-1 refused drop at session.save: only drops are allowed here");
    }

    @Test
    void aRunThatCannotStartLeavesNothing() {
        environment.failingAt("look around");

        assertThatThrownBy(this::run).isExactlyInstanceOf(Problem.class);
        assertThat(environment.calls).containsExactly("look around", "all closed");
        assertThat(directory.resolve("run")).doesNotExist();
        nothingIsLeft();
    }

    @Test
    void aStoreThatDoesNotStartIsNoBrokenRun() {
        environment.failingAt("start the store");

        assertThatThrownBy(this::run).isExactlyInstanceOf(Problem.class);
        assertThat(environment.calls).containsExactly("look around", "start the store", "all closed");
        assertThat(directory.resolve("run")).doesNotExist();
        nothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "listen, false, false, false",
        "look into the store, true, false, false",
        "start nodes, true, true, false",
        "first contact, true, true, false",
        "users come, true, true, false",
        "users rest, true, true, true"
    })
    void whatBreaksEndsTheRunAndAllThatItStarted(String call, boolean fleet, boolean nodes, boolean users) {
        environment.failingAt(call);

        assertThatThrownBy(this::run).isExactlyInstanceOf(BrokenRun.class).hasMessage("No luck: " + call + ".");
        closedAfter(call, fleet, nodes, users);
        assertThat(bundle().run()).doesNotExist();
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"look into the store", "start nodes", "users come", "users rest", "last reads"})
    void aFullDiskEndsTheRunWithASentence(String call) {
        environment.refusedAt(call);

        assertThatThrownBy(this::run)
                .isExactlyInstanceOf(BrokenRun.class)
                .hasMessageStartingWith("The disk with " + directory.resolve("run") + " is full.")
                .hasMessageContaining("No space left on device")
                .hasMessageEndingWith("./midwrite check " + directory.resolve("run"));
        assertThat(environment.calls).contains("store closed", "all closed");
        assertThat(BundleJudge.judge(directory.resolve("run")).judgement().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        nothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"first contact, starting", "users rest, settling", "last reads, reading"})
    void whatWasRecordedOfARunThatWasBrokenOffIsJudged(String call, String phase) throws Exception {
        environment.interruptedAt(call);
        assertThatThrownBy(() -> run(KILL, START)).isExactlyInstanceOf(InterruptedException.class);

        RunResult judged = BundleJudge.judge(directory.resolve("run"));
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judged.judgement().sentence()).contains("broken off in its phase '" + phase + "'");
        assertThat(judged.input().trial().faults())
                .extracting(fault -> fault.name())
                .isEqualTo(phase.equals("starting") ? List.of() : List.of("kill"));
        assertThat(bundle().run()).doesNotExist();
    }

    @Test
    void aRunThatIsOverHasItsChecksums() throws Exception {
        run(KILL, START);

        assertThat(bundle().partial()).doesNotExist();
        assertThat(Seal.edits(directory.resolve("run"))).isEqualTo(Edits.NONE);
        assertThat(Seal.editsOfReport(directory.resolve("run"))).isEqualTo(Edits.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start nodes", "first contact", "users rest", "last reads", "users leave"})
    void whoInterruptsARunFindsNothingLeft(String call) {
        environment.interruptedAt(call);

        assertThatThrownBy(this::run).isExactlyInstanceOf(InterruptedException.class);
        closedAfter(
                call,
                true,
                true,
                List.of("users rest", "last reads", "users leave").contains(call));
        assertThat(bundle().run()).doesNotExist();
        nothingIsLeft();
    }

    /** Bundles of before rollouts could go back have no word of it. */
    @Test
    void aBundleOfAnEarlierVersionIsRead() throws Exception {
        run();
        Path context = directory.resolve("run").resolve(RunContext.FILE);
        ObjectMapper json = new ObjectMapper();
        ObjectNode written = (ObjectNode) json.readTree(context.toFile());
        assertThat(written.remove("rolledBack")).isNotNull();
        json.writeValue(context.toFile(), written);

        assertThat(RunContext.read(directory.resolve("run")).rolledBack()).isEmpty();
        written.remove("notes");
        json.writeValue(context.toFile(), written);
        assertThatThrownBy(() -> RunContext.read(directory.resolve("run")))
                .as("what was always there must be there")
                .isInstanceOf(Problem.class)
                .hasMessageContaining("notes");
    }

    @Test
    void aStepThatFailsIsTold() throws Exception {
        environment.store.failure = "There is no replica left to fail over to.";
        RunResult judged = run("{at: 2s, store: flush}");

        assertThat(bundle().facts().assumptions()).containsExactly("There is no replica left to fail over to.");
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void aLossIsALossThoughAStepFailed() throws Exception {
        environment.losing().store.failure = "There is no replica left to fail over to.";

        assertThat(run("{at: 2s, store: flush}").judgement().verdict()).isEqualTo(Verdict.FAIL);
    }

    /** What users could not do in the end takes nothing away from what they had seen. */
    @ParameterizedTest
    @ValueSource(strings = {"last reads", "users leave"})
    void anEndThatFailsIsToldBesideTheVerdict(String call) throws Exception {
        environment.failingAt(call);
        RunResult judged = run();

        assertThat(bundle().facts().assumptions()).containsExactly("No luck: " + call + ".");
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(environment.calls).contains("audit", "users closed", "store closed");
        nothingIsLeft();
    }

    @Test
    void aLossIsALossThoughUsersCouldNotLeave() throws Exception {
        environment.losing().failingAt("users leave");

        assertThat(run().judgement().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aNodeThatEndsUnaskedIsToldAtOnce() throws Exception {
        environment.whenUsersCome = () -> environment.nodes.get("node-2").dies(3, "Its log ends: no.");
        run();

        assertThat(told.notes)
                .contains("node-2 ended with exit code 3, which nothing had asked for. Its log ends: no.");
        assertThat(bundle().facts().fleet().nodeRuns().exits()).hasSize(1);
    }

    /** Ctrl-C reaches nodes as it reaches the controller, and they may be faster. */
    @ParameterizedTest
    @ValueSource(strings = {"users rest", "users leave", "collect journals"})
    void whatEndsWithTheRunIsNoFinding(String call) throws Exception {
        environment.meanwhile.put(call, () -> {
            environment.nodes.get("node-2").dies(130, "Its log ends: interrupted.");
            if (!call.equals("collect journals")) {
                awaitCheckpoint();
            }
            reaper.close();
        });
        assertThatThrownBy(this::run).isExactlyInstanceOf(InterruptedException.class);

        assertThat(bundle().run()).doesNotExist();
        RunResult judged = BundleJudge.judge(directory.resolve("run"));
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judged.judgement().cards()).isEmpty();
        assertThat(judged.judgement().sentence() + judged.judgement().reasons())
                .doesNotContain("130")
                .doesNotContain("Its log ends");
    }

    /** What users see once the run is told to end is what the end does to them. */
    @Test
    void whatUsersSeeOfTheEndIsNotWrittenDown() throws Exception {
        environment.losing().meanwhile.put("last reads", reaper::close);
        assertThatThrownBy(this::run).isExactlyInstanceOf(InterruptedException.class);

        assertThat(HistoryReader.readAll(bundle().users()))
                .extracting(UserOperation::kind)
                .contains(OperationKind.APPEND)
                .doesNotContain(OperationKind.READ_LIST);
    }

    @Test
    void whatBreaksBecauseTheRunIsToldToEndDidNotBreak() {
        environment.failingAt("users rest").meanwhile.put("users rest", reaper::close);

        assertThatThrownBy(this::run).isExactlyInstanceOf(InterruptedException.class);
    }

    /** The controller outlived it, so it did not come of what ended the controller. */
    @Test
    void aNodeThatEndedLongBeforeTheRunWasBrokenOffIsAFinding() throws Exception {
        environment.whenUsersCome = () -> {
            environment.nodes.get("node-2").dies(130, "");
            awaitCheckpoint(); // It has been seen before the clock goes on.
        };
        environment.meanwhile.put("users rest", this::awaitCheckpoint);
        environment.interruptedAt("users rest");
        assertThatThrownBy(this::run).isExactlyInstanceOf(InterruptedException.class);

        assertThat(BundleJudge.judge(directory.resolve("run")).judgement().cards())
                .extracting(card -> card.violation().anomaly())
                .containsExactly(Anomaly.NODE_ENDED);
    }

    /** As pods of a rollout do: operations carry their numbers, so the bundle must have their names. */
    @Test
    void nodesThatJoinLaterAreNamedInTheBundle() throws Exception {
        environment.whenUsersCome = () -> environment.joins("pod-3");
        run();

        assertThat(bundle().facts().fleet().nodes()).containsExactly("unknown", "node-1", "node-2", "pod-3");
    }

    /** What is left of the run would wait for timeouts and prove nothing. */
    @Test
    void aStoreThatEndsByItselfEndsTheRunWithAVerdict() throws Exception {
        clock.at(8 * SECOND, () -> environment.store.ends("with exit code 137. It printed nothing."));
        RunResult judged = run();

        String sentence =
                "The store, which nothing had asked to, ended by itself with exit code 137. It printed nothing.";
        assertThat(bundle().facts().assumptions()).containsExactly(sentence);
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judged.judgement().sentence()).contains("ended by itself with exit code 137");
        assertThat(told.notes).containsOnlyOnce(sentence);
        assertThat(environment.calls)
                .contains("users rest", "audit", "users closed")
                .doesNotContain("last reads", "users leave");
        assertThat(bundle().facts().course().settledAt()).isLessThan(10 * SECOND);
        assertThat(bundle().facts().course().healedAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aStoreThatEndsInTheEndIsToldToo() throws Exception {
        environment.meanwhile.put("last reads", () -> environment.store.ends("with exit code 1. It printed nothing."));

        assertThat(run().judgement().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(environment.calls).doesNotContain("users leave");
    }

    @Test
    void whatDoesNotStartBecauseTheStoreHasEndedSaysSo() {
        environment.meanwhile.put("start nodes", () -> environment.store.ends("with exit code 1. It printed nothing."));
        environment.failingAt("start nodes");

        assertThatThrownBy(this::run)
                .isExactlyInstanceOf(BrokenRun.class)
                .hasMessage("The store, which nothing had asked to, ended by itself with exit code 1. It printed"
                        + " nothing. No luck: start nodes.");
    }

    @Test
    void whatIsDoneByHandIsEvidenceAsATimelineWouldBe() throws Exception {
        environment.agents.refusals.put("node-2", "only drops are allowed here");
        dry().run(hand -> {
            assertThat(hand.nodes()).containsExactly("node-1", "node-2");
            hand.act("node-1", Step.Action.KILL);
            assertThat(hand.up("node-1")).isFalse();
            hand.sleep(Duration.ofSeconds(2));
            hand.act("node-1", Step.Action.START);
            assertThat(hand.up("node-1")).isTrue();
            hand.inject(List.of("node-2"), List.of("fault=drop", "point=session.save"));
        });

        assertThat(bundle().facts().course().faults())
                .extracting(FaultFacts::name, FaultFacts::node)
                .contains(tuple("kill", "node-1"));
        assertThat(bundle().facts().fleet().nodeRuns().starts()).isEqualTo(3);
        assertThat(environment.agents.calls).anyMatch(call -> call.endsWith("arm 1 on node-2"));
        assertThat(environment.agents.calls).anyMatch(call -> call.endsWith("lift 1 on node-2"));
        assertThat(bundle().facts().assumptions())
                .containsExactly("By hand: node-2 refused drop at session.save: only drops are allowed here");
    }

    @Test
    void whatTheHandThrowsEndsTheRunAndAllThatItStarted() {
        assertThatThrownBy(() -> dry().run(hand -> {
                    throw new IllegalStateException("enough");
                }))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("enough");

        assertThat(environment.calls)
                .containsSubsequence("users closed", "nodes closed", "fleet closed", "store closed", "all closed");
        assertThat(bundle().run()).doesNotExist();
        nothingIsLeft();
    }

    private RunResult run(String... steps) throws Exception {
        return dry(steps).run();
    }

    private DrillRun dry(String... steps) throws IOException {
        return new DrillRun(
                drill(steps),
                new RunSetting(
                        directory.resolve("run"),
                        Path.of("no-agent.jar"),
                        Path.of("no-java"),
                        "test",
                        "./midwrite drill run drill.yaml",
                        0,
                        reaper,
                        meters,
                        told),
                clock,
                environment);
    }

    private Drill drill(String... steps) throws IOException {
        Path file = directory.resolve("drill.yaml");
        Files.writeString(file, """
            version: 1
            store: {kind: redis}
            nodes: {command: "{java} {agent}"}
            users: {sessions: 5, workloads: [list], warmup: 3s, duration: 20s}
            settle: 4s
            timeline:
            """ + (steps.length == 0 ? "  []\n" : "  - " + String.join("\n  - ", steps) + "\n"));
        return DrillFile.read(file);
    }

    private Bundle bundle() {
        return new Bundle(directory.resolve("run"));
    }

    /** One that began after this call. */
    private void awaitCheckpoint() {
        for (int i = 0; i < 2; i++) {
            FileTime before = written();
            await().until(() -> !written().equals(before));
        }
    }

    private FileTime written() {
        try {
            return Files.getLastModifiedTime(bundle().partial());
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Last first. */
    private void closedAfter(String call, boolean fleet, boolean nodes, boolean users) {
        assertThat(environment.calls.subList(environment.calls.indexOf(call) + 1, environment.calls.size()))
                .containsSubsequence(Stream.of(
                                Optional.of("users closed").filter(it -> users),
                                Optional.of("nodes closed").filter(it -> nodes),
                                Optional.of("fleet closed").filter(it -> fleet),
                                Optional.of("store closed"))
                        .flatMap(Optional::stream)
                        .toList());
        assertThat(environment.calls.stream().filter(it -> it.endsWith("closed")))
                .doesNotHaveDuplicates();
    }

    /** Neither a thread nor something for the end of the JVM. */
    private void nothingIsLeft() {
        List<String> before = List.copyOf(environment.calls);
        reaper.close();
        assertThat(environment.calls).isEqualTo(before);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> List.of("midwrite-store", "midwrite-live").contains(thread.getName())));
    }
}
