package dev.midwrite.agent.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
    private static final Set<FaultKind> ALL = EnumSet.complementOf(EnumSet.of(FaultKind.NONE));

    @TempDir
    private Path directory;

    private final Some some = new Some();

    private Policy read(String text) throws IOException {
        Path file = directory.resolve("policy.properties");
        Files.writeString(file, text);
        return PolicyFile.read(file.toFile(), ALL);
    }

    private static String rejection(Policy policy, Injection injection) {
        return policy.rejection(injection).orElse("");
    }

    @Test
    void withoutAFileEverythingIsPermitted() {
        Policy policy = Policy.of(ALL);
        for (FaultKind fault : ALL) {
            some.fault = fault;
            some.ttl = 0;
            assertThat(policy.rejection(some.injection())).isEmpty();
        }
        assertThat(policy.rejection(Some.SAVE)).isEmpty();
        assertThat(policy.lines()).isEmpty();
        assertThat(policy.problem()).isEmpty();
    }

    @Test
    void anEmptyFilePermitsWhatLeavesNothingBehind() throws IOException {
        Policy policy = read("# nothing yet\n\n");
        assertThat(policy.faults())
                .containsExactly(FaultKind.DELAY, FaultKind.ERROR, FaultKind.HANG, FaultKind.THROTTLE);
        assertThat(policy.problem()).isEmpty();
        assertThat(rejection(policy, some.injection()))
                .isEqualTo(
                        "policy.properties: no line 'faults', so delay, error, hang, throttle and no other: drop is not permitted");
        some.fault = FaultKind.ERROR;
        assertThat(rejection(policy, some.injection())).isEmpty();
    }

    @Test
    void whatIsToBeDestructiveHasToBeNamed() throws IOException {
        Policy policy = read("faults: crash, drop\n");
        assertThat(policy.faults()).containsExactly(FaultKind.DROP, FaultKind.CRASH);
        some.fault = FaultKind.DELAY;
        assertThat(rejection(policy, some.injection()))
                .isEqualTo("policy.properties:1: faults = crash, drop: delay is not permitted");
    }

    @Test
    void aFileAddsNothingToWhatOptionsPermit() throws IOException {
        Path file = directory.resolve("policy.properties");
        Files.writeString(file, "faults = crash delay\n");
        Policy policy = PolicyFile.read(file.toFile(), EnumSet.of(FaultKind.DELAY));
        assertThat(policy.faults()).containsExactly(FaultKind.DELAY);
        some.fault = FaultKind.CRASH;
        assertThat(rejection(policy, some.injection())).isEqualTo("this host does not allow crash");
    }

    @Test
    void sparesSessionsWithoutALabel() throws IOException {
        Injections injections = new Injections(read("faults = drop\nsessions = labelled\n"));
        injections.arm(some.injection(), List.of(Some.SAVE));
        injections.lease(Some.AN_HOUR);
        Passage passage = new Passage(Some.SAVE);
        passage.session = 4711;
        for (int i = 0; i < 5; i++) {
            assertThat(injections.decide(passage, Some.SAVE, Edge.BEFORE, true)).isNull();
        }
        passage.label = 17;
        assertThat(injections.decide(passage, Some.SAVE, Edge.BEFORE, true)).isNotNull();
        assertThat(injections.counts().get(0).heldBack()).containsEntry(Reason.UNLABELLED, 5L);
    }

    @Test
    void whatHitsTheWholeNodeSparesNoSession() throws IOException {
        Policy policy = read("faults = drop crash pressure\nsessions = labelled\n");
        assertThat(rejection(policy, some.injection())).isEmpty();
        for (FaultKind fault : List.of(FaultKind.CRASH, FaultKind.PRESSURE)) {
            some.fault = fault;
            assertThat(rejection(policy, some.injection()))
                    .isEqualTo("policy.properties:2: sessions = labelled: " + fault.label()
                            + " hits all sessions of the node");
        }
        assertThat(read("sessions = tagged-by-us").problem())
                .endsWith("line 1: the only sessions that can be told are 'labelled', not 'tagged-by-us'");
    }

    @Test
    void limitsTheShareOfSessions() throws IOException {
        Policy policy = read("# for the staging shop\nfaults = drop pressure crash\nmax-share = 0.1\n");
        some.sessionShare = 0.1;
        assertThat(rejection(policy, some.injection())).isEmpty();
        some.sessionShare = 0.2;
        assertThat(rejection(policy, some.injection()))
                .isEqualTo("policy.properties:3: max-share = 0.1: the injection asks for 0.2");
        some.sessionShare = 0.05;
        for (FaultKind fault : Set.of(FaultKind.PRESSURE, FaultKind.CRASH)) {
            some.fault = fault;
            assertThat(rejection(policy, some.injection())).endsWith("hits all sessions of the node");
        }
    }

    @Test
    void limitsHowLongACallIsHeldUp() throws IOException {
        Policy policy = read("max-delay = 1 s\n");
        some.fault = FaultKind.HANG;
        some.ttl = TimeUnit.SECONDS.toNanos(1);
        assertThat(rejection(policy, some.injection())).isEmpty();
        some.ttl = TimeUnit.SECONDS.toNanos(2);
        assertThat(rejection(policy, some.injection()))
                .isEqualTo("policy.properties:1: max-delay = 1 s: hang may last as long as its injection");
        some.fault = FaultKind.DELAY;
        some.amount = TimeUnit.MILLISECONDS.toNanos(1001);
        assertThat(rejection(policy, some.injection())).endsWith("the injection asks for 1001 ms");
        some.amount = TimeUnit.MILLISECONDS.toNanos(1000);
        assertThat(rejection(policy, some.injection())).isEmpty();
    }

    @Test
    void limitsHowLongAnInjectionLasts() throws IOException {
        Policy policy = read("faults=drop\nmax-duration=1min");
        some.ttl = TimeUnit.MINUTES.toNanos(1);
        assertThat(rejection(policy, some.injection())).isEmpty();
        some.ttl++;
        assertThat(rejection(policy, some.injection())).startsWith("policy.properties:2: max-duration = 1min: ");
        some.ttl = 0;
        assertThat(rejection(policy, some.injection())).endsWith("the injection asks for no end");
    }

    @Test
    void namesPointsByKindOrByName() throws IOException {
        assertThat(read("points = session.save").rejection(Some.SAVE)).isEmpty();
        assertThat(read("points = " + Some.SAVE.name()).rejection(Some.SAVE)).isEmpty();
        assertThat(read("points = session.read, store.command").rejection(Some.SAVE))
                .hasValue("policy.properties:1: points = session.read, store.command: "
                        + "spring.SessionRepository.save is not permitted");
    }

    @Test
    void limitsHowManyFaultsThereAreAtATime() throws IOException {
        long[] now = {1};
        Injections injections =
                new Injections(() -> now[0], read("max-rate = 3/s").rate());
        injections.lease(Some.AN_HOUR);
        injections.arm(some.injection(), Set.of(Some.SAVE));
        for (int save = 1; save <= 10; save++) {
            assertThat(Some.fire(injections, Some.save(save, save)) != null).isEqualTo(save <= 3);
        }
        assertThat(injections.counts().get(0).heldBack()).containsEntry(Reason.RATE, 7L);
        now[0] += TimeUnit.SECONDS.toNanos(1);
        assertThat(Some.fire(injections, Some.save(11, 11))).isNotNull();
    }

    @Test
    void tellsItsRulesWithTheirPlaces() throws IOException {
        assertThat(read("faults = delay\n\nmax-delay = \\\n  500ms\nmax-rate=100/min\n")
                        .lines())
                .containsExactly(
                        "policy.properties:1: faults = delay",
                        "policy.properties:3: max-delay = 500ms",
                        "policy.properties:5: max-rate = 100/min");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    fault = delay        | line 1: there is no limit 'fault'
                    faults = melt        | line 1: there is no fault 'melt'
                    max-share = 10%      | line 1: a share is from 0 to 1, not '10%'
                    max-share = 1.5      | line 1: a share is from 0 to 1, not '1.5'
                    max-delay = 500      | line 1: a time is written as 500ms, 2s or 1min, not '500'
                    max-rate = 5         | line 1: a rate is written as 5/s or 100/min, not '5'
                    max-rate = 0/s       | line 1: a rate is written as 5/s or 100/min, not '0/s'
                    max-rate = 5/day     | line 1: a time is written as 500ms, 2s or 1min, not '1day'
                    f\\u0061ults = crash | 'faults' is written with an escape
                    faults = \\u00       | Malformed \\uxxxx encoding.
                    """)
    void aFileThatMakesNoSensePermitsNothing(String text, String problem) throws IOException {
        Policy policy = read(text);
        assertThat(policy.problem()).endsWith(" cannot be read: " + problem);
        assertPermitsNothing(policy);
    }

    @Test
    void aKeyThatStandsThereTwiceIsNoRule() throws IOException {
        assertPermitsNothing(read("max-share = 0.1\nmax-share = 1\n"));
    }

    @Test
    void aFileThatCannotBeReadPermitsNothing() throws IOException {
        assertPermitsNothing(PolicyFile.read(directory.resolve("absent").toFile(), ALL));
        assertPermitsNothing(PolicyFile.read(directory.toFile(), ALL));
        assertPermitsNothing(read("#".repeat(70_000)));
    }

    private void assertPermitsNothing(Policy policy) {
        assertThat(policy.problem()).isNotEmpty();
        assertThat(policy.faults()).isEmpty();
        assertThat(policy.lines()).containsExactly(policy.problem() + ": nothing is permitted");
        for (FaultKind fault : ALL) {
            some.fault = fault;
            assertThat(rejection(policy, some.injection())).contains(policy.problem());
        }
    }
}
