package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Scope;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.Trial.Fault;
import dev.midwrite.check.Trial.Happening;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.controller.history.NodeRuns.MemoryFacts;
import dev.midwrite.controller.history.RunFacts.ClockFacts;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Incarnation;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose clock is 1000 ns ahead crashed inside request 7 after the HMSET of a save. */
class HistoryTest {
    private static final long INCARNATION = 0xABCDEF0123456789L;
    private static final long ORIGIN = 5_000_000;
    private static final long REQUEST = 7;

    @TempDir
    Path directory;

    private Bundle bundle;
    private long records;

    @BeforeEach
    void write() throws IOException {
        Path drill = Files.writeString(directory.resolve("crash.yaml"), "version: 1\n");
        bundle = Bundle.create(directory.resolve("a bundle"), drill);
        try (HistoryWriter writer = HistoryWriter.create(bundle.users())) {
            Operations s = new Operations(5);
            writer.append(s.create(1));
            writer.append(s.finalProbe(2));
        }
        Path journal = bundle.journal("node-1", INCARNATION);
        Files.createDirectories(journal.getParent());
        Files.write(journal, journal());
        bundle.write(facts(records, bundle.historyBytes()));
    }

    @Test
    void evidenceIsWhatUsersDidAndJournalsHold() throws IOException {
        // A session that was made and asked for: no value was written or read.
        assertThat(History.read(bundle).evidence()).isEqualTo(EvidenceLevel.B);
        RunFacts facts = facts(0, bundle.historyBytes());
        bundle.write(facts);
        assertThat(History.read(bundle).evidence()).isEqualTo(EvidenceLevel.C);
    }

    @Test
    void factsSurviveTheFile() {
        assertThat(bundle.facts()).isEqualTo(facts(records, bundle.historyBytes()));
        assertThat(Bundle.open(bundle.directory())).isEqualTo(bundle);
        assertThat(bundle.drill()).hasContent("version: 1\n");
    }

    /** Bundles are kept: what one of this format says must mean the same as long as the format has this number. */
    @Test
    void factsOfAKeptBundleAreRead() throws IOException {
        byte[] kept = HistoryTest.class.getResourceAsStream("run-7.json").readAllBytes();
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(bundle.run().toFile())).isEqualTo(json.readTree(kept));
        Files.write(bundle.run(), kept);
        assertThat(bundle.facts()).isEqualTo(facts(records, bundle.historyBytes()));
    }

    @Test
    void factsThatLackOneAreNotRead() throws IOException {
        String json = Files.readString(bundle.run());
        for (String name : List.of("seed", "ttlNanos", "timeoutNanos", "nodes", "settledAt", "store", "assumptions")) {
            Files.writeString(bundle.run(), json.replace("\"" + name + "\" :", "\"another\" :"));
            assertThatThrownBy(bundle::facts).isInstanceOf(Problem.class).hasMessageContaining(name);
        }
    }

    @Test
    void aFactOfTheWrongKindIsNamed() throws IOException {
        String json = Files.readString(bundle.run());
        Files.writeString(bundle.run(), json.replace("\"seed\" : -42", "\"seed\" : \"much\""));
        assertThatThrownBy(bundle::facts)
                .isInstanceOf(Problem.class)
                .hasMessageMatching("(?s).*run\\.json(:[0-9]+)?: .*much.*");
    }

    @Test
    void faultCarriesWhatTheJournalSaysHappened() {
        History history = History.read(bundle);
        assertThat(history.operations()).hasSize(2);
        assertThat(history.trial().faults())
                .containsExactly(
                        new Fault(
                                0,
                                "kill",
                                "",
                                "node-2",
                                10,
                                20,
                                1,
                                1,
                                List.of(new Happening("node-2", 0, 10, 0, 0, 0, ""))),
                        new Fault(
                                3,
                                "crash",
                                "session.save",
                                "node-1",
                                100,
                                900,
                                1,
                                1,
                                List.of(new Happening("node-1", 4, 400, REQUEST, 99, 1, "HMSET"))),
                        new Fault(4, "delay", "session.save", "node-1", 200, 300, 2, 0, List.of()));
        assertThat(history.trial().clockErrorNanos()).isEqualTo(10);
        assertThat(history.trial().assumptions()).isEmpty();
    }

    /** That a crash was armed excuses nothing: status and journal must say that it was the crash. */
    @Test
    void aNodesEndIsTheFaultsOnlyIfStatusAndJournalSaySo() {
        NodeEnd.By injected = NodeEnd.By.FAULT;
        assertThat(ended("node-1", INCARNATION, 137, false, true)).isEqualTo(injected);
        assertThat(ended("node-1", INCARNATION, 137, false, false)).isEqualTo(injected);
        assertThat(ended("node-1", INCARNATION, 1, false, true))
                .as("another status")
                .isEqualTo(NodeEnd.By.ITSELF);
        assertThat(ended("node-1", INCARNATION, 137, true, true))
                .as("while it was ending as it had been asked to")
                .isEqualTo(injected);
        assertThat(ended("node-1", INCARNATION, 143, true, true)).isEqualTo(NodeEnd.By.ASKED);
        assertThat(ended("node-1", 77, 137, true, true))
                .as("killed, and announced by no journal")
                .isEqualTo(NodeEnd.By.ASKED);
        assertThat(ended("node-1", 77, 137, true, false)).isEqualTo(NodeEnd.By.ASKED);
        assertThat(ended("node-2", 2, 137, false, true))
                .as("no crash armed there")
                .isEqualTo(NodeEnd.By.ITSELF);
    }

    @Test
    void aJournalThatAnnouncesNoCrashProvesThatItWasNone() {
        assertThat(ended("node-1", 77, 137, false, true)).isEqualTo(NodeEnd.By.ITSELF);
        assertThat(ended("node-1", 77, 137, false, false)).isEqualTo(NodeEnd.By.UNKNOWN);
    }

    private NodeEnd.By ended(String node, long incarnation, int code, boolean asked, boolean whole) {
        History history = History.read(bundle);
        JournalFacts journal = new JournalFacts(node, incarnation, 0, whole, "");
        ExitFacts exit = new ExitFacts(node, incarnation, code, asked, 410, "");
        return NodeEnds.of(List.of(exit), history.facts().course().faults(), List.of(journal), history.journals())
                .get(0)
                .by();
    }

    @Test
    void whoEndsOutOfMemoryUnderPressureMayHaveEndedByEither() {
        History history = History.read(bundle);
        FaultFacts pressure = new FaultFacts(5, "pressure", "node", "node-1", 100, 900, 1, 1, true);
        ExitFacts exit =
                new ExitFacts("node-1", 77, 3, false, 410, "Its log says: java.lang.OutOfMemoryError: Metaspace.");

        assertThat(NodeEnds.of(List.of(exit), List.of(pressure), List.of(), history.journals()))
                .extracting(NodeEnd::by)
                .containsExactly(NodeEnd.By.UNKNOWN);
        assertThat(NodeEnds.of(List.of(exit), List.of(), List.of(), history.journals()))
                .extracting(NodeEnd::by)
                .containsExactly(NodeEnd.By.ITSELF);
    }

    @Test
    void whatAFaultHasFilledIsToldApartFromWhatTheApplicationHas() {
        MemoryFacts memory = new MemoryFacts("node-1", 700, "java.lang.OutOfMemoryError: Java heap space");
        FaultFacts pressure = new FaultFacts(5, "pressure", "node", "node-1", 100, 900, 1, 1, true);
        FaultFacts elsewhere = new FaultFacts(5, "pressure", "node", "node-2", 100, 900, 1, 1, true);

        assertThat(NodeEnds.outOfMemory(List.of(memory), List.of(pressure))
                        .get(0)
                        .injected())
                .isTrue();
        assertThat(NodeEnds.outOfMemory(List.of(memory), List.of(elsewhere))
                        .get(0)
                        .injected())
                .isFalse();
    }

    @Test
    void readingTwiceGivesTheSame() {
        assertThat(History.read(bundle).trial()).isEqualTo(History.read(bundle).trial());
    }

    @Test
    void journalsAnswerByRequestAndByWrite() {
        JournalIndex journals = History.read(bundle).journals();
        assertThat(journals.records()).isEqualTo(records);
        assertThat(journals.complete()).isTrue();
        assertThat(journals.ofRequest(REQUEST)).hasSize(2);
        assertThat(journals.ofRequest(8)).isEmpty();
        assertThat(journals.ofRequest(0)).isEmpty();
        assertThat(journals.ofWrite(55)).hasSize(1);
        assertThat(journals.faults()).hasSize(1);
        JournalIndex.Entry fault = journals.faults().get(0);
        assertThat(fault.point()).isEqualTo("spring.SessionRepository.save");
        assertThat(fault.at()).isEqualTo(400);
        assertThat(fault.error()).isEqualTo(10);
    }

    @Test
    void journalsExplainInSentences() {
        History history = History.read(bundle);
        assertThat(history.explanations().ofRequest(REQUEST))
                .containsExactly(
                        "node-1: crash after step 1 (HMSET) of spring.SessionRepository.save (injection 3, journal"
                                + " record 4).",
                        "node-1: the store answered HMSET; the response was not begun (up to journal record 4).");
        assertThat(history.explanations().ofRequest(8))
                .containsExactly("No node journaled this request, and no journal is missing a record.");
    }

    @Test
    void storedSessionIsExplainedByTheFaultThatStruckIt() {
        assertThat(History.read(bundle).trial().store().sessions())
                .extracting(StoredSession::cause)
                .containsExactly(
                        "an older cause",
                        "node-1: crash after step 1 (HMSET) of spring.SessionRepository.save (injection 3, journal"
                                + " record 4).",
                        "");
    }

    @Test
    void figuresNeedNoObjectives() {
        assertThat(History.read(bundle).figures(Objectives.NONE))
                .extracting("name")
                .containsExactly("score", "survival");
    }

    /** A bundle may be somebody else's. */
    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "../../other", "/tmp", "a/b"})
    void aNodeWhoseNameIsAPathHasNoJournal(String name) {
        assertThatThrownBy(() -> bundle.journal(name, INCARNATION))
                .isInstanceOf(Problem.class)
                .hasMessageEndingWith(" names a node '" + name + "', which is no node's name.");
    }

    @Test
    void journalThatLostRecordsBreaksAnAssumption() throws IOException {
        Path journal = bundle.journal("node-1", INCARNATION);
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length - 1));
        History history = History.read(bundle);
        assertThat(history.journals().complete()).isFalse();
        assertThat(history.trial().assumptions()).singleElement().satisfies(broken -> {
            assertThat(broken.sentence())
                    .startsWith(
                            "The journal node-1/abcdef0123456789.events had 5 records when the run ended and now has 4");
            // What users saw does not rest on journals, nor does what the store held.
            assertThat(broken.voids())
                    .contains(Property.AUDIT_TRAIL)
                    .doesNotContain(Property.LIST, Property.LIFECYCLE, Property.STORE_AUDIT);
        });
        assertThat(history.explanations().ofRequest(8)).isEmpty();
    }

    @Test
    void missingJournalIsNamed() throws IOException {
        Files.delete(bundle.journal("node-1", INCARNATION));
        assertThatThrownBy(() -> History.read(bundle))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("abcdef0123456789.events cannot be read");
    }

    @Test
    void whatIsNoBundleIsNamed() throws IOException {
        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is no bundle");
        Files.writeString(bundle.run(), "{\"format\": " + RunFacts.FORMAT + ",\n \"drill\": }");
        assertThatThrownBy(bundle::facts).isInstanceOf(Problem.class).hasMessageContaining("run.json:2: ");
        Files.writeString(bundle.run(), "{\"format\": " + RunFacts.FORMAT + "}");
        assertThatThrownBy(bundle::facts).isInstanceOf(Problem.class).hasMessageContaining("drill");
    }

    @Test
    void otherFormatsAreRefused() throws IOException {
        String json = Files.readString(bundle.run());
        Files.writeString(bundle.run(), json.replace("\"format\" : " + RunFacts.FORMAT, "\"format\" : 99"));
        assertThatThrownBy(bundle::facts)
                .isInstanceOf(Problem.class)
                .hasMessageEndingWith("has format 99; this Midwrite reads format " + RunFacts.FORMAT + ".");
        // An older one lacks what this one needs; that must not be what is complained about.
        Files.writeString(bundle.run(), "{\"format\": 2, \"drill\": \"shop\"}");
        assertThatThrownBy(bundle::facts)
                .isInstanceOf(Problem.class)
                .hasMessageEndingWith("has format 2; this Midwrite reads format " + RunFacts.FORMAT + ".");
    }

    private byte[] journal() {
        ByteBuffer to = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new Incarnation("node-1", INCARNATION, 0, 0, 1).toPayload();
        put(to, EventType.HEADER, 0, 0, 0, 0, 0, Edge.NONE, 0, 0, 0, header);
        put(
                to,
                EventType.NAME,
                0,
                0,
                0,
                0,
                1,
                Edge.NONE,
                PointKind.SESSION_SAVE.code(),
                0,
                0,
                text("spring.SessionRepository.save"));
        put(to, EventType.OPERATION, 100, 0, 0, 55, 1, Edge.BEFORE, 0, 0, 0, text(""));
        put(to, EventType.OPERATION, 300, 6, REQUEST, 0, 1, Edge.STEP, Outcome.OK.code(), 1, 0, text("HMSET"));
        put(to, EventType.FAULT, 400, 6, REQUEST, 0, 1, Edge.STEP, FaultKind.CRASH.code(), 1, 3, text(""));
        byte[] bytes = new byte[to.position()];
        to.flip().get(bytes);
        return bytes;
    }

    private void put(
            ByteBuffer to,
            EventType type,
            long usersNanos,
            long scope,
            long request,
            long writeId,
            int point,
            Edge edge,
            int outcome,
            int step,
            int injection,
            byte[] payload) {
        long nodeNanos = usersNanos + ORIGIN + 1000;
        EventRecord.write(
                to, type, records++, nodeNanos, 99, scope, request, writeId, 0, point, edge, outcome, step, injection,
                payload);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static StoredSession stored(long idHash, long ttlMillis, String cause) {
        return new StoredSession(
                idHash,
                StoredSession.Layout.SPRING,
                StoredSession.Lifetime.of(ttlMillis),
                List.of("a"),
                List.of(),
                cause);
    }

    private static RunFacts facts(long records, long historyBytes) {
        return new RunFacts(
                RunFacts.FORMAT,
                new RunFacts.Origin("crash", -42, Map.of("midwrite", "0.1"), "2026-11-21T00:00:00Z", ORIGIN),
                new RunFacts.Promise(Profile.STRONG, Scope.CLUSTER, false, false, 60_000_000_000L, true, 0),
                new RunFacts.UserFacts(
                        List.of("session"), List.of("list"), List.of(-1L, 2L), 2_000_000_000L, historyBytes),
                new RunFacts.FleetFacts(
                        List.of("unknown", "node-1", "node-2"),
                        List.of(new ClockFacts("node-1", INCARNATION, 990, 1010, List.of())),
                        List.of(
                                new JournalFacts("node-1", INCARNATION, records, true, ""),
                                new JournalFacts("node-2", 2, 0, true, "")),
                        new NodeRuns(
                                3,
                                List.of(new ExitFacts("node-1", INCARNATION, 137, false, 410, "")),
                                List.of(),
                                List.of())),
                new RunFacts.Course(
                        List.of(
                                new FaultFacts(3, "crash", "session.save", "node-1", 100, 900, 0, 0, true),
                                new FaultFacts(4, "delay", "session.save", "node-1", 200, 300, 2, 0, true),
                                new FaultFacts(0, "kill", "", "node-2", 10, 20, 1, 1, false)),
                        Long.MAX_VALUE,
                        1000),
                StoreContents.of(stored(-5, -1, "an older cause"), stored(99, -1, ""), stored(98, 5, "")),
                RunFacts.StoreFacts.NONE,
                List.of());
    }
}
