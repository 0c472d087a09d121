package dev.midwrite.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.midwrite.check.Verdict;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedDrillTest {

    @Drill(
            command = "{java} {agent} -jar app.jar --port={port}",
            environment = "STORE=redis://{store.host}:{store.port}/a=b",
            nodes = 3,
            sessions = 7,
            arrivals = "3/s",
            ttl = "10m",
            sessionHeader = "X-Auth-Token",
            duration = "12s",
            seed = 5)
    @SuppressWarnings("unused")
    static class Given {
        @DrillTest(trials = 4, timeline = "- {at: 3s, node: node-2, action: restart}")
        @Inject(
                fault = "crash",
                point = "session.save",
                edge = "after-step",
                step = 1,
                onlyNew = true,
                nodes = "node-1",
                atMost = 1,
                at = "2s",
                lasting = "5s")
        @Inject(fault = "delay", point = "session.save", delay = "300ms", probability = "5%")
        @Require(score = 0.9, failover = "2s")
        @Expect(findings = "IMMORTAL_SESSION", also = "SESSION_LOST")
        void everything() {}

        @DrillTest(duration = "30s")
        void nothing() {}

        @DrillTest(trials = 2)
        @Incident("immortal-session")
        @Expect(findings = "IMMORTAL_SESSION")
        void incident() {}

        /** As the README has it. */
        @DrillTest
        @Incident("hasty-shutdown")
        void surviveADeployment() {}

        @DrillTest
        @Incident("immortal-session")
        @Inject(fault = "drop", point = "session.save")
        void incidentAndFault() {}

        @DrillTest
        @Incident("no-such-thing")
        void unknownIncident() {}

        @DrillTest
        @Inject(fault = "crsh", point = "session.save")
        void unknownFault() {}

        @DrillTest
        @Inject(fault = "drop", point = "session.sav")
        void unknownPoint() {}

        @DrillTest
        @Inject(fault = "delay", point = "session.save", delay = "300")
        void noUnit() {}

        @DrillTest
        @Require(score = 1)
        void certainty() {}

        @DrillTest
        @Expect(findings = "SESSION_LOSS")
        void unknownFinding() {}

        @DrillTest(trials = 0)
        void noTrial() {}

        @DrillTest(timeline = "- at: [")
        void noYaml() {}

        /** One of those in which this class lies. */
        static class Inner {
            @DrillTest
            void takesTheNodesOfTheClassAroundIt() {}
        }
    }

    @SuppressWarnings("unused")
    static class Bare {
        @DrillTest
        void drill() {}
    }

    @Drill
    static class Empty extends Bare {}

    @Drill(jar = "no-such.jar")
    static class Absent extends Bare {}

    @Drill(jar = "no-such.jar", main = Desk.class)
    static class Both extends Bare {}

    @Drill(command = "run", arguments = "more")
    static class Beside extends Bare {}

    @Drill(command = "{java} {agent} -jar app.jar", workloads = "registre")
    static class Misspelt extends Bare {}

    @Drill(command = "{java} {agent} -jar app.jar", environment = "NAME")
    static class NoVariable extends Bare {}

    @Drill(main = Desk.class, arguments = "{port}")
    static class Main extends Bare {}

    @Test
    void everyAttributeIsAKeyOfTheDrill() throws Exception {
        PlannedDrill planned = planned(Given.class, "everything");

        dev.midwrite.controller.plan.Drill drill = planned.drill();
        assertThat(planned.trials()).isEqualTo(4);
        assertThat(drill.name()).isEqualTo("PlannedDrillTest$Given.everything");
        assertThat(drill.seed()).isEqualTo(5);
        assertThat(drill.nodes().names()).containsExactly("node-1", "node-2", "node-3");
        assertThat(drill.nodes().command()).containsExactly("{java}", "{agent}", "-jar", "app.jar", "--port={port}");
        assertThat(drill.nodes().environment()).containsEntry("STORE", "redis://{store.host}:{store.port}/a=b");
        assertThat(drill.nodes().probe().carried()).isTrue();
        assertThat(drill.users().sessions()).isEqualTo(7);
        assertThat(drill.users().arrivals()).isEqualTo(3);
        assertThat(drill.users().ttl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(drill.users().sessionHeader()).isEqualTo("X-Auth-Token");
        assertThat(drill.users().duration()).isEqualTo(Duration.ofSeconds(12));
        assertThat(drill.objectives().score()).contains(0.9);
        assertThat(drill.objectives().failover()).contains(Duration.ofSeconds(2));
        assertThat(drill.objectives().survival()).isEmpty();
        assertThat(drill.expect().verdict()).contains(Verdict.FAIL);
        assertThat(drill.expect().findings()).containsExactly("IMMORTAL_SESSION");
        assertThat(drill.expect().also()).containsExactly("SESSION_LOST");
    }

    @Test
    void faultsAndStepsMakeOneTimeline() throws Exception {
        List<Step> timeline = planned(Given.class, "everything").drill().timeline();

        assertThat(timeline).hasSize(3);
        Step.Inject delay = (Step.Inject) timeline.get(0);
        assertThat(delay.injection().delay()).isEqualTo(Duration.ofMillis(300));
        assertThat(delay.injection().probability()).isEqualTo(0.05);
        assertThat(delay.nodes()).hasSize(3);
        Step.Inject crash = (Step.Inject) timeline.get(1);
        assertThat(crash.moment().at()).isEqualTo(Duration.ofSeconds(2));
        assertThat(crash.injection().fault()).isEqualTo(FaultKind.CRASH);
        assertThat(crash.injection().edge()).isEqualTo(Edge.STEP);
        assertThat(crash.injection().onlyNew()).isTrue();
        assertThat(crash.injection().atMost()).isEqualTo(1);
        assertThat(crash.nodes()).containsExactly("node-1");
        assertThat(crash.lasting()).isEqualTo(Duration.ofSeconds(5));
        assertThat(((Step.Node) timeline.get(2)).action()).isEqualTo(Step.Action.RESTART);
    }

    @Test
    void aMethodsDurationComesBeforeItsClasss() throws Exception {
        assertThat(planned(Given.class, "nothing").drill().users().duration()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aSeedFromOutsideComesBeforeTheAnnotations() throws Exception {
        PlannedDrill planned = PlannedDrill.of(Given.class, Given.class.getDeclaredMethod("nothing"), Optional.of(99L));

        assertThat(planned.drill().seed()).isEqualTo(99);
    }

    @Test
    void anIncidentBringsUsersAndTimelineAndLeavesWhatIsAsked() throws Exception {
        PlannedDrill planned = planned(Given.class, "incident");

        assertThat(planned.trials()).isEqualTo(2);
        assertThat(planned.drill().users().sessions()).isEqualTo(40);
        assertThat(planned.drill().users().ttl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(planned.drill().timeline()).hasSize(2);
        assertThat(planned.drill().expect().findings()).containsExactly("IMMORTAL_SESSION");
        assertThat(planned.drill().seed()).isEqualTo(5);
    }

    @Test
    void theIncidentOfTheReadmeIsADeployment() throws Exception {
        assertThat(planned(Given.class, "surviveADeployment").drill().timeline())
                .hasAtLeastOneElementOfType(Step.Rollout.class);
    }

    @Test
    void aNestedClassHasTheNodesOfTheOneAroundIt() throws Exception {
        assertThat(planned(Given.Inner.class, "takesTheNodesOfTheClassAroundIt")
                        .drill()
                        .nodes()
                        .names())
                .hasSize(3);
    }

    @Test
    void aMainClassRunsWithTheClassPathOfTheTests() throws Exception {
        List<String> command = PlannedDrill.of(Main.class, Bare.class.getDeclaredMethod("drill"), Optional.empty())
                .drill()
                .nodes()
                .command();

        assertThat(command)
                .startsWith("{java}", "{agent}", "-Djava.io.tmpdir={tmp}", "-cp")
                .endsWith("dev.midwrite.junit.Desk", "{port}");
        assertThat(command.get(4)).contains("test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "incidentAndFault | @Incident has a timeline of its own",
                "unknownIncident  | There is no incident 'no-such-thing'",
                "unknownFault     | PlannedDrillTest$Given.unknownFault: unknown fault 'crsh'; did you mean 'crash'?",
                "unknownPoint     | unknown point 'session.sav'; did you mean 'session.save'?",
                "noUnit           | 'delay'",
                "certainty        | 'score' must be below 100%",
                "unknownFinding   | unknown finding 'SESSION_LOSS'",
                "noTrial          | 'trials'",
                "noYaml           | this is not YAML",
            })
    void whatCannotBeRunIsOneSentence(String method, String sentence) {
        assertThatExceptionOfType(InvalidTest.class)
                .isThrownBy(() -> planned(Given.class, method))
                .withMessageContaining(sentence)
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("\n").doesNotContainPattern(":[0-9]+:[0-9]+:"));
    }

    @Test
    void nodesAreNamedOnce() {
        refused(Bare.class, "The test has no nodes: put @Drill with a main class, a jar or a command on Bare.");
        refused(Empty.class, "The test has no nodes: give @Drill a main class, a jar or a command.");
        refused(Both.class, "@Drill takes one of main, jar and command, not 2 of them.");
        refused(Absent.class, "There is no jar");
        refused(Beside.class, "@Drill's arguments and jvm are for a main class or a jar");
        refused(Misspelt.class, "unknown workload 'registre'; did you mean 'register'?");
        refused(NoVariable.class, "'NAME' in @Drill(environment) is not of the form NAME=value.");
    }

    /** Ours is left out of what this artifact brings along: it is the service's business whether one is there. */
    @Test
    void anEmbeddedDatabaseNeedsItsJar() {
        ClassLoader without = new ClassLoader(null) {};
        PlannedDrill.requireDatabase(new StoreSpec(StoreSpec.JDBC, "jdbc:h2:tcp://127.0.0.1:1/test"), without);
        PlannedDrill.requireDatabase(new StoreSpec("redis", StoreSpec.EMBEDDED), without);

        assertThatExceptionOfType(InvalidTest.class)
                .isThrownBy(
                        () -> PlannedDrill.requireDatabase(new StoreSpec(StoreSpec.JDBC, StoreSpec.EMBEDDED), without))
                .withMessage("store = \"jdbc\" without an address needs com.h2database:h2 on the tests' class path.");
    }

    private static void refused(Class<?> where, String sentence) {
        assertThatExceptionOfType(InvalidTest.class)
                .isThrownBy(() -> PlannedDrill.of(where, Bare.class.getDeclaredMethod("drill"), Optional.empty()))
                .withMessageContaining(sentence);
    }

    private static PlannedDrill planned(Class<?> where, String method) throws NoSuchMethodException {
        return PlannedDrill.of(where, where.getDeclaredMethod(method), Optional.empty());
    }
}
