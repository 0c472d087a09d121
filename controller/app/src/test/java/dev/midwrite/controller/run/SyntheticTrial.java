package dev.midwrite.controller.run;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.NodeRuns;
import dev.midwrite.controller.history.RunFacts;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A bundle made by hand: four users append, node-1 is killed at 20 s, and at 60 s the lists are read for the last time.
 * User 9 probes all the time and is answered again some time after the kill.
 */
public final class SyntheticTrial {
    static final String DRILL = """
            version: 1
            name: killed
            store: {kind: redis}
            nodes: {command: "{java} -jar shop.jar"}
            users: {sessions: 4, workloads: [list], duration: 40s}
            timeline: [{at: 1s, node: node-1, action: kill}]
            objectives: {score: 90%, failover: 2s, success: 90%, trials: 3}
            """;

    private static final int SESSIONS = 4;
    private static final int KILLED = 20_000;
    private static final int END = 60_000;

    private final Path directory;
    private final String name;
    private final long seed;
    private boolean losing;
    private int failover = 800;
    private List<String> assumptions = List.of();

    public SyntheticTrial(Path directory, String name, long seed) {
        this.directory = directory;
        this.name = name;
        this.seed = seed;
    }

    /** The last acknowledged append of the first user is not there in the end. */
    public SyntheticTrial losing() {
        losing = true;
        return this;
    }

    SyntheticTrial failover(int millis) {
        failover = millis;
        return this;
    }

    SyntheticTrial invalid(String assumption) {
        assumptions = List.of(assumption);
        return this;
    }

    public Bundle write() throws IOException {
        Path drill = Files.createDirectories(directory).resolve("killed.yaml");
        Files.writeString(drill, DRILL);
        Bundle bundle = Bundle.create(directory.resolve(name), drill);
        try (HistoryWriter writer = HistoryWriter.create(bundle.users())) {
            for (int session = 1; session <= SESSIONS; session++) {
                writer.append(operation(session, OperationKind.CREATE, 10_000 + session, session * 1000L, 0));
                for (int i = 1; i <= 3; i++) {
                    writer.append(operation(
                            session, OperationKind.APPEND, 11_000 + 1000 * i, id(session, i), 0, ids(session, i)));
                }
                long[] whole = ids(session, losing && session == 1 ? 2 : 3);
                writer.append(operation(
                        session,
                        OperationKind.READ_LIST,
                        END,
                        session * 1000L + 9,
                        UserOperation.FINAL | UserOperation.WHOLE,
                        whole));
            }
            writer.append(operation(9, OperationKind.CREATE, 9_000, 9_000_000, 0));
            for (int at = KILLED + failover; at < KILLED + failover + 2_000; at += 100) {
                writer.append(operation(9, OperationKind.PROBE, at, 9_000_000 + at, 0));
            }
        }
        bundle.write(facts(bundle.historyBytes()));
        return bundle;
    }

    private static long id(int session, int append) {
        return session * 1000L + append;
    }

    private static long[] ids(int session, int count) {
        return LongStream.rangeClosed(1, count)
                .map(append -> id(session, (int) append))
                .toArray();
    }

    /** Each takes one millisecond, on node-2 after the kill. */
    private static UserOperation operation(
            int session, OperationKind kind, long millis, long request, int flags, long... payload) {
        return new UserOperation(
                kind,
                0,
                session,
                70 + session,
                millis * 1_000_000,
                (millis + 1) * 1_000_000,
                0,
                LongStream.of(payload).reduce(0, Mix::mix),
                request,
                session,
                millis < KILLED ? 1 : 2,
                1,
                payload.length,
                1,
                Outcome.OK,
                flags,
                payload);
    }

    private RunFacts facts(long historyBytes) {
        return new RunFacts(
                RunFacts.FORMAT,
                new RunFacts.Origin("killed", seed, Map.of("Midwrite", "test"), "2026-01-01T00:00:00Z", 0),
                new RunFacts.Promise(Profile.SESSION, Scope.CLUSTER, false, false, 600_000_000_000L, true, 0),
                new RunFacts.UserFacts(
                        List.of("none", "list"), List.of("list"), List.of(9L), 2_000_000_000L, historyBytes),
                new RunFacts.FleetFacts(List.of("unknown", "node-1", "node-2"), List.of(), List.of(), NodeRuns.NONE),
                new RunFacts.Course(
                        List.of(new FaultFacts(
                                0, "kill", "", "node-1", KILLED * 1_000_000L, 21_000_000_000L, 1, 1, true)),
                        22_000_000_000L,
                        50_000_000_000L),
                StoreContents.NONE,
                RunFacts.StoreFacts.NONE,
                assumptions);
    }
}
