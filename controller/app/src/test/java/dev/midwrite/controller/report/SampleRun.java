package dev.midwrite.controller.report;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.curve.RunCurves;
import dev.midwrite.controller.history.Failover;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A run made by hand: node-2 dies, an append is lost, and a session without expiry stays in the store. */
final class SampleRun {
    static final long ORIGIN = 1_000_000_000_000L;
    static final long LABEL = 17;
    static final long SIBLING = 18;
    static final long STORED = 0x7f3a_91c0_44de_0b12L;
    static final long LOST_REQUEST = 0x3_0000_0000_002aL;
    /** The name of everything that a page must escape. */
    static final String HOSTILE = "<script>alert('x')</script>&\"";

    private SampleRun() {}

    static ReportInput failed() {
        return input(
                Verdict.FAIL,
                "1 acknowledged write on 1 session was lost when node-2 was killed, and 1 session stays in the store"
                        + " for ever.",
                List.of(),
                List.of(lostWrite("A-1"), immortal("A-2")));
    }

    static ReportInput passed() {
        return input(Verdict.PASS, "All 5 observed properties hold.", List.of(), List.of());
    }

    static ReportInput vacuous() {
        return input(
                Verdict.VACUOUS,
                "Nothing was tested: the fault never happened.",
                List.of("Injection 1 (crash at session.save on node-2) matched no passage."),
                List.of());
    }

    static ReportInput hostile() {
        return input(Verdict.FAIL, HOSTILE, List.of(HOSTILE), List.of(lostWrite(HOSTILE), lostWrite("A-3")));
    }

    static ReportInput input(Verdict verdict, String sentence, List<String> reasons, List<AnomalyCard> cards) {
        Judgement judgement =
                new Judgement(verdict, Profile.SESSION, sentence, reasons, properties(cards), gates(), cards);
        return new ReportInput(
                judgement,
                EvidenceLevel.A,
                trial(),
                drill(),
                ORIGIN,
                SampleRun::operations,
                instants(),
                health(),
                curves());
    }

    /** Of the two sessions that there are. */
    static RunCurves curves() {
        return RunCurves.of(
                Stream.concat(operations(LABEL).stream(), operations(SIBLING).stream())
                        .toList(),
                trial().nodes(),
                Set.of(),
                Optional.empty(),
                List.of(
                        new Failover(LABEL, "node-2", at(13.9), at(14.3)),
                        new Failover(SIBLING, "node-2", at(13.9), Failover.NEVER)),
                List.of());
    }

    /** A run that passed, in which users did this. */
    static ReportInput with(List<UserOperation> operations) {
        return with(RunCurves.of(operations, trial().nodes(), Set.of(), Optional.empty(), List.of(), List.of()));
    }

    static ReportInput with(RunCurves curves) {
        return new ChangedInput(passed()).curves(curves).build();
    }

    static long at(double seconds) {
        return ORIGIN + Math.round(seconds * 1e9);
    }

    static Trial trial() {
        List<Trial.Happening> happened =
                List.of(new Trial.Happening("node-2", 88_127, at(13.9), 0, STORED, 1, "HMSET"));
        return Trial.of(Profile.SESSION)
                .nodes(List.of("", "node-1", "node-2", "node-3"))
                .attributes(List.of("cart", "profile"))
                .workloads(List.of("list", "group"))
                .idempotencyKeys(true)
                .ttlNanos(1_800_000_000_000L)
                .reaperGraceNanos(300_000_000_000L)
                .faults(List.of(new Trial.Fault(
                        1,
                        "crash after step 1",
                        "session.save",
                        "node-2",
                        at(10),
                        at(17.4),
                        31,
                        1,
                        happened,
                        "30 came when it had been done once")))
                .healedAt(at(17.4))
                .settledAt(at(28))
                .clockErrorNanos(700_000)
                .store(StoreContents.of(new StoredSession(
                        STORED,
                        StoredSession.Layout.SPRING,
                        StoredSession.Lifetime.of(-1),
                        List.of("creationTime"),
                        List.of("lastAccessedTime"),
                        "")))
                .build();
    }

    static List<UserOperation> operations(long session) {
        List<UserOperation> operations = new ArrayList<>();
        if (session != LABEL && session != SIBLING) {
            return operations;
        }
        operations.add(operation(session, OperationKind.CREATE, 0.2, 0.214, 1, 1, Outcome.OK, 0, 0));
        for (int i = 1; i < 270; i++) {
            double start = 0.3 + i * 0.1;
            boolean down = start > 13.9 && start < 17.4;
            int node = down ? 1 + 2 * (i % 2) : 1 + i % 3;
            boolean write = i % 3 != 0;
            operations.add(operation(
                    session,
                    write ? OperationKind.APPEND : OperationKind.READ_LIST,
                    start,
                    start + (down ? 0.06 : 0.014),
                    100 + i,
                    node,
                    Outcome.OK,
                    i / 2,
                    0));
        }
        operations.add(operation(session, OperationKind.APPEND, 14.1, -1, 999, 0, Outcome.INFO, 0, 0));
        operations.addAll(session == LABEL ? witness() : List.of());
        return operations;
    }

    private static List<UserOperation> witness() {
        return List.of(
                operation(LABEL, OperationKind.APPEND, 12.79, 12.804, LOST_REQUEST, 2, Outcome.OK, 42, 0),
                operation(LABEL, OperationKind.READ_LIST, 28.4, 28.412, 701, 1, Outcome.OK, 41, UserOperation.FINAL),
                operation(LABEL, OperationKind.READ_LIST, 28.5, 28.511, 702, 3, Outcome.OK, 41, UserOperation.FINAL));
    }

    static UserOperation operation(
            long session,
            OperationKind kind,
            double invoked,
            double returned,
            long request,
            int node,
            Outcome outcome,
            int length,
            int flags) {
        return new UserOperation(
                kind,
                Math.round(invoked * 1000),
                session,
                0x99,
                at(invoked),
                returned < 0 ? UserOperation.NEVER : at(returned),
                0,
                0x5151,
                request,
                3,
                node,
                0,
                length,
                1,
                outcome,
                flags,
                new long[0]);
    }

    static AnomalyCard lostWrite(String id) {
        Violation violation = new Violation(
                Anomaly.LOST_ACKED_WRITE,
                Severity.HARD,
                LABEL,
                0,
                witness(),
                "Item 300000000002a was acknowledged at 12.804 s by node-2 and is absent from all 3 nodes at 28.5 s.",
                "It must be item 42 of every later list because its append had returned; however the final reads of"
                        + " node-1 and node-3 see 41 items and the same prefix.",
                at(28.4),
                15_596_000_000L,
                true);
        return new AnomalyCard(
                id,
                violation,
                "1.1 s before crash of node-2 (13.9 s), while injection 1 was armed.",
                "node-2 committed the response (journal record 88121) before the store answered its save; its journal"
                        + " ends at record 88127.",
                "1 of 1,204 sessions with an acknowledged write through node-2; 3 similar.",
                "The witness operations are 15.6 s apart, the clock error is 1.4 ms; no operation without a definite"
                        + " answer is involved.",
                3,
                operations(SIBLING).subList(0, 3));
    }

    static AnomalyCard immortal(String id) {
        Violation violation = new Violation(
                Anomaly.IMMORTAL_SESSION,
                Severity.HARD,
                STORED,
                -1,
                List.of(),
                "A session lies in the store with 1 field and will never expire.",
                "Every stored session must expire, because nobody else will remove it; however this one has no time to"
                        + " live.",
                at(28),
                0,
                true);
        return new AnomalyCard(
                id,
                violation,
                "Left by crash of node-2 at 13.9 s.",
                "node-2 halted after step 1 (HMSET) of the save; step 2 (EXPIRE) was never sent.",
                "1 of 1,391 stored sessions.",
                "",
                0,
                List.of());
    }

    private static List<PropertyResult> properties(List<AnomalyCard> cards) {
        List<PropertyResult> results = new ArrayList<>();
        for (Property property : Property.values()) {
            List<Violation> violations = cards.stream()
                    .map(AnomalyCard::violation)
                    .filter(violation -> violation.anomaly().property() == property)
                    .toList();
            results.add(
                    switch (property) {
                        case WEBSOCKET, SPLIT_BRAIN, REPLICATION, BACKPRESSURE, CONVERGENCE, AUDIT_TRAIL, DOCUMENT ->
                            PropertyResult.notObserved(property, "the drill has no workload for it");
                        case GUARANTEES ->
                            new PropertyResult(
                                    property,
                                    Validity.UNKNOWN,
                                    9_120,
                                    0,
                                    14,
                                    0,
                                    "14 reads lie within the clock error",
                                    List.of());
                        case DUPLICATES ->
                            new PropertyResult(
                                    property,
                                    Validity.FALSE,
                                    4_000,
                                    2,
                                    0,
                                    0,
                                    "",
                                    List.of(new Violation(
                                            Anomaly.DUP_APPLY, Severity.INFO, 5, 0, List.of(), "", "", 0, 0, false)));
                        default ->
                            new PropertyResult(
                                    property,
                                    violations.isEmpty() ? Validity.TRUE : Validity.FALSE,
                                    41_118,
                                    violations.size(),
                                    0,
                                    0,
                                    "",
                                    violations);
                    });
        }
        return results;
    }

    private static List<GateResult> gates() {
        return List.of(
                new GateResult(
                        "score",
                        0.99917,
                        0.9954,
                        1,
                        0.95,
                        "",
                        ">= 0.999",
                        1_204,
                        "sessions",
                        GateResult.State.INCONCLUSIVE),
                new GateResult(
                        "failover.p95", 412.6, 380, 1_910, 0.95, "ms", "<= 2 s", 320, "sessions", GateResult.State.MET),
                new GateResult(
                        "drift",
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        0.95,
                        "",
                        "",
                        1,
                        "trial",
                        GateResult.State.OBSERVED));
    }

    private static List<NodeInstant> instants() {
        return List.of(
                new NodeInstant(at(12.7915), "node-2", NodeInstant.Kind.OPERATION, LABEL, 0, "save", "record 88119"),
                new NodeInstant(at(12.802), "node-2", NodeInstant.Kind.OPERATION, LABEL, 0, "response", "record 88121"),
                new NodeInstant(at(13.89), "node-2", NodeInstant.Kind.OPERATION, 0, STORED, "HMSET", "record 88126"),
                new NodeInstant(at(13.91), "node-2", NodeInstant.Kind.DOWN, 0, 0, "process gone", ""),
                new NodeInstant(at(17.4), "node-2", NodeInstant.Kind.UP, 0, 0, "ready", ""),
                new NodeInstant(at(20), "node-1", NodeInstant.Kind.OPERATION, 4711, 0, "not on a card", ""));
    }

    private static DrillFacts drill() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Midwrite", "0.1.0");
        versions.put("Java", "17.0.15");
        versions.put("Store", "Redis 6.2.11");
        return new DrillFacts(
                "crash-mid-save",
                "A node dies between the two commands that save a new session.",
                42,
                "examples/shop/drills/crash-mid-save.yaml",
                "./midwrite drill run examples/shop/drills/crash-mid-save.yaml --seed 42",
                versions,
                Instant.parse("2026-11-21T10:14:00Z"),
                Duration.ofMillis(41_300),
                9404);
    }

    private static RunHealth health() {
        return new RunHealth(
                List.of(
                        new RunHealth.FaultHealth(
                                1,
                                "crash",
                                "session.save",
                                "node-2",
                                "after step 1 of the first save of a session, once",
                                31,
                                1,
                                Optional.empty(),
                                Optional.empty()),
                        new RunHealth.FaultHealth(
                                2,
                                "delay",
                                "session.save",
                                "node-1",
                                "50 ms, probability 0.1",
                                1_204,
                                118,
                                Optional.of(50_000_000L),
                                Optional.of(
                                        new RunHealth.Achieved(118, 50_010_000, 50_080_000, 52_300_000, 55_100_000)))),
                List.of(
                        new RunHealth.OperationCount(OperationKind.APPEND, 38_211, 12, 9),
                        new RunHealth.OperationCount(OperationKind.READ_LIST, 19_402, 4, 0),
                        new RunHealth.OperationCount(OperationKind.WRITE_GROUP, 9_402, 3, 2_100)),
                List.of(
                        new RunHealth.JournalHealth("node-1", 0x1f2e3d4c5b6a7988L, 120_331, 0, true, ""),
                        new RunHealth.JournalHealth(
                                "node-2",
                                0x0a0b0c0d0e0f1011L,
                                88_128,
                                0,
                                true,
                                "checksum of record 88128 is wrong at byte 8460288"),
                        new RunHealth.JournalHealth("node-3", 0x2222222222222222L, 118_002, 17, false, "")),
                List.of(
                        new RunHealth.PointHealth("node-1", "spring.SessionRepository.save", "session.save", true, ""),
                        new RunHealth.PointHealth(
                                "node-1",
                                "jedis.Connection.sendCommand",
                                "store.command",
                                false,
                                "the class was never loaded")),
                List.of(
                        new Percentiles(
                                "request latency",
                                67_015,
                                0,
                                800_000,
                                3_100_000,
                                6_200_000,
                                48_000_000,
                                61_000_000,
                                2_001_000_000),
                        new Percentiles(
                                "failover",
                                318,
                                2,
                                90_000_000,
                                210_000_000,
                                340_000_000,
                                412_600_000,
                                1_900_000_000,
                                1_910_000_000)),
                List.of("The drill ran 1 trial: figures are observed, not proved."));
    }
}
