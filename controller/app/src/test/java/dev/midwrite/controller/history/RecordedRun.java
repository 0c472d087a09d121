package dev.midwrite.controller.history;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.history.RunFacts.ClockFacts;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.serve.ClockBound;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.UserOperation;
import dev.midwrite.event.UserOperationBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Users and nodes told record by record, as a bundle on disk. Times are nanoseconds on the users' clock. */
final class RecordedRun {
    /** Hash of the id of the session that all is about. */
    static final long SESSION = 0x5E55;

    private static final long ORIGIN = 5_000_000;
    private static final List<String> NODES = List.of("unknown", "node-1", "node-2", "node-3");
    private static final List<String> POINTS = List.of(
            "",
            "midwrite.recording",
            "tomcat.CoyoteAdapter.service",
            "spring.Session.set",
            "spring.SessionRepository.save",
            "tomcat.Processor.prepareResponse",
            "spring.SessionRepository.delete",
            "spring.SessionRepository.read",
            "tribes.GroupChannel.send",
            "tribes.DeltaManager.messageReceived",
            "jvm.Shutdown.shutdown",
            "spring.SessionRepository.create",
            "spring.Session.rename",
            "spring.Session.clock",
            "jvm.ShutdownHook.run",
            "springcontext.Lifecycle.stop");
    private static final List<PointKind> KINDS = List.of(
            PointKind.NONE,
            PointKind.NONE,
            PointKind.REQUEST,
            PointKind.SESSION_SET,
            PointKind.SESSION_SAVE,
            PointKind.RESPONSE_COMMIT,
            PointKind.SESSION_DELETE,
            PointKind.SESSION_READ,
            PointKind.REPLICA_SEND,
            PointKind.REPLICA_APPLY,
            PointKind.SHUTDOWN_PHASE,
            PointKind.SESSION_CREATE,
            PointKind.SESSION_RENAME,
            PointKind.SESSION_CLOCK,
            PointKind.SHUTDOWN_HOOK,
            PointKind.SHUTDOWN_PHASE);
    private static final int SEND = 8;
    private static final int APPLY = 9;
    /** Numbers of the addresses node-1:1, node-2:1 and so on follow the points'. */
    private static final int PEERS = 100;

    private final List<Start> starts = new ArrayList<>();
    private final List<UserOperation> operations = new ArrayList<>();
    private boolean foreign;
    private boolean externalStore;
    private NodeRuns runs = NodeRuns.NONE;
    private List<RunFacts.FaultFacts> actions = List.of();

    /** One start of a node, whose clock is so far ahead of the controller's. */
    final class Start {
        private final String node;
        final long incarnation = 0x100L + starts.size();
        private final ByteBuffer records = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        private final List<ClockBound> pings = new ArrayList<>();
        private long offset;
        private long seq;
        private long scope;
        private boolean complete = true;

        private Start(String node, long offset) {
            this.node = node;
            this.offset = offset;
            for (int point = 1; point < POINTS.size(); point++) {
                put(
                        EventType.NAME,
                        0,
                        0,
                        0,
                        0,
                        0,
                        point,
                        Edge.NONE,
                        KINDS.get(point).code(),
                        POINTS.get(point));
            }
            for (int peer = 1; peer < NODES.size(); peer++) {
                put(EventType.NAME, 0, 0, 0, 0, 0, PEERS + peer, Edge.NONE, 0, NODES.get(peer) + ":1");
            }
        }

        Start recording(long at) {
            return put(EventType.LIFECYCLE, at, 0, 0, 0, 0, 1, Edge.BEFORE, 0, "");
        }

        /** An exchange that took so long, of which the node read its clock in the middle. */
        Start ping(long at, long roundTrip) {
            pings.add(new ClockBound(ORIGIN + at, offset - roundTrip / 2, offset + roundTrip / 2));
            return this;
        }

        Start clockJumps(long nanos) {
            offset += nanos;
            return this;
        }

        Start shutdown(long at) {
            return put(EventType.LIFECYCLE, at, 0, 0, 0, 0, 10, Edge.BEFORE, 0, "");
        }

        /** A hook runs, or a bean is stopped; until {@code to}, or for ever if it is 0. */
        Start ends(boolean hook, String name, long at, long to, String error) {
            long passage = ++scope;
            int point = hook ? 14 : 15;
            put(EventType.LIFECYCLE, at, passage, 0, 0, 0, point, Edge.BEFORE, 0, name);
            if (to != 0) {
                Outcome outcome = error.isEmpty() ? Outcome.OK : Outcome.FAIL;
                put(EventType.LIFECYCLE, to, passage, 0, 0, 0, point, Edge.AFTER, outcome.code(), error);
            }
            return this;
        }

        Start begin(long at, long request) {
            return put(EventType.OPERATION, at, ++scope, request, 0, 0, 2, Edge.BEFORE, 0, "");
        }

        /** It names this trace. */
        Start begin(long at, long request, String trace) {
            return put(EventType.OPERATION, at, ++scope, request, 0, 0, 2, Edge.BEFORE, 0, trace);
        }

        Start set(long at, long request, long writeId, String attribute, long replaced, Outcome outcome) {
            put(EventType.OPERATION, at, ++scope, request, writeId, 0, 3, Edge.BEFORE, 0, attribute);
            return put(EventType.OPERATION, at, scope, request, writeId, replaced, 3, Edge.AFTER, outcome.code(), "");
        }

        Start step(long at, long request, long writeId, String command) {
            return put(EventType.OPERATION, at, ++scope, request, writeId, 0, 4, Edge.STEP, Outcome.OK.code(), command);
        }

        Start save(long at, long request, long writeId, Outcome outcome) {
            return put(EventType.OPERATION, at, ++scope, request, writeId, 0, 4, Edge.AFTER, outcome.code(), "");
        }

        /** A save from its beginning to its end, in a scope of its own; the store may have answered a command of it. */
        Start savesWhole(long at, long request, long writeId, String command) {
            put(EventType.OPERATION, at, ++scope, request, 0, 0, 4, Edge.BEFORE, 0, "");
            if (!command.isEmpty()) {
                put(EventType.OPERATION, at + 1, scope, request, 0, 0, 4, Edge.STEP, Outcome.OK.code(), command);
            }
            return put(EventType.OPERATION, at + 2, scope, request, writeId, 0, 4, Edge.AFTER, Outcome.OK.code(), "");
        }

        /** On which thread, if it is not the request's own. */
        Start saveBegins(long at, long request, long ofScope, long session, String thread) {
            return put(EventType.OPERATION, at, ofScope, request, 0, 0, 4, Edge.BEFORE, 0, thread, session);
        }

        Start saveStep(long at, long request, long ofScope, long session, String command) {
            return put(
                    EventType.OPERATION, at, ofScope, request, 0, 0, 4, Edge.STEP, Outcome.OK.code(), command, session);
        }

        /** A save that asks another node: the number of its name. */
        Start saveSends(long at, long request, long ofScope, int to) {
            return replica(
                    EventType.OPERATION, at, 4, ofScope, request, 0, Edge.STEP, Outcome.OK.code(), to, 0, "message");
        }

        Start saveEnds(long at, long request, long ofScope, long session, Outcome outcome) {
            return put(EventType.OPERATION, at, ofScope, request, 0, 0, 4, Edge.AFTER, outcome.code(), "", session);
        }

        /** A command of a change that is stored as it is made. */
        Start setAtOnce(long at, long request, long writeId) {
            put(EventType.OPERATION, at, ++scope, request, writeId, 0, 3, Edge.BEFORE, 0, "mw.register.a");
            put(EventType.OPERATION, at + 1, scope, request, writeId, 0, 3, Edge.STEP, Outcome.OK.code(), "HMSET");
            return put(EventType.OPERATION, at + 2, scope, request, writeId, 0, 3, Edge.AFTER, Outcome.OK.code(), "");
        }

        /** A session is asked for, and found. */
        Start loads(long at, long request) {
            put(EventType.OPERATION, at, ++scope, request, 0, 0, 7, Edge.BEFORE, 0, "");
            return put(EventType.OPERATION, at + 1, scope, request, 0, 1, 7, Edge.AFTER, Outcome.OK.code(), "");
        }

        /** A session is asked for and found, with these attributes: name and digest in turn. */
        Start loads(long at, long request, long... attributes) {
            put(EventType.OPERATION, at, ++scope, request, 0, 0, 7, Edge.BEFORE, 0, "");
            content(at + 1, request, 7, Edge.AFTER, SESSION, attributes);
            return put(EventType.OPERATION, at + 1, scope, request, 0, 1, 7, Edge.AFTER, Outcome.OK.code(), "");
        }

        /** A save takes these attributes of the session with this id to the store: name and digest in turn. */
        Start stores(long at, long request, long session, long... attributes) {
            saveBegins(at, request, ++scope, session, "");
            content(at, request, 4, Edge.BEFORE, session, attributes);
            return saveStep(at, request, scope, session, "HMSET").saveEnds(at, request, scope, session, Outcome.OK);
        }

        /** The application sets the attribute whose name has this hash. */
        Start changes(long at, long request, String attribute, long name) {
            put(EventType.OPERATION, at, ++scope, request, 0, name, 3, Edge.BEFORE, 0, attribute);
            return put(EventType.OPERATION, at, scope, request, 0, 0, 3, Edge.AFTER, Outcome.OK.code(), "");
        }

        private Start content(long at, long request, int point, Edge edge, long session, long... attributes) {
            ByteBuffer payload =
                    ByteBuffer.allocate(attributes.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            payload.asLongBuffer().put(attributes);
            EventRecord.write(
                    records,
                    EventType.CONTENT,
                    seq++,
                    ORIGIN + at + offset,
                    session,
                    scope,
                    request,
                    0,
                    0,
                    point,
                    edge,
                    0,
                    1,
                    0,
                    payload.array());
            return this;
        }

        /** A session is asked for, and is not there. */
        Start misses(long at, long request) {
            put(EventType.OPERATION, at, ++scope, request, 0, 0, 7, Edge.BEFORE, 0, "");
            return put(EventType.OPERATION, at + 1, scope, request, 0, 0, 7, Edge.AFTER, Outcome.OK.code(), "");
        }

        /** A session is made and saved. */
        Start makes(long at, long request) {
            put(EventType.OPERATION, at, ++scope, request, 0, 1, 11, Edge.AFTER, Outcome.OK.code(), "");
            return savesWhole(at + 1, request, 0, "HMSET");
        }

        /** The session gets another id. */
        Start renames(long at, long request, long to) {
            return put(EventType.OPERATION, at, ++scope, request, 0, to, 12, Edge.AFTER, Outcome.OK.code(), "");
        }

        /** It cannot be read; the classes of the exception and its cause, one a line. */
        Start cannotLoad(long at, long request, String classes) {
            return put(EventType.OPERATION, at, ++scope, request, 0, 0, 7, Edge.AFTER, Outcome.FAIL.code(), classes);
        }

        /** A delay of a save is over. */
        Start delayed(long at, long request, long nanos) {
            return put(
                    EventType.FAULT_DONE, at, ++scope, request, 0, nanos, 4, Edge.BEFORE, FaultKind.DELAY.code(), "");
        }

        /** A byte of the first command of a save is changed. */
        Start corrupts(long at, long request) {
            return strikes(at, request, FaultKind.CORRUPT);
        }

        /** The session's bytes, or its node, within a command of its save. */
        Start strikes(long at, long request, FaultKind fault) {
            return put(EventType.FAULT, at, ++scope, request, 0, 40, 4, Edge.INSIDE, fault.code(), "", SESSION);
        }

        /** The clock of its sessions goes so far ahead. */
        Start clockGoes(long at, long nanos) {
            return put(EventType.FAULT, at, ++scope, 0, 0, nanos, 13, Edge.BEFORE, FaultKind.CLOCK.code(), "", 0);
        }

        /** And goes right again. */
        Start clockGoesRight(long at) {
            return put(EventType.FAULT_DONE, at, scope, 0, 0, 5, 13, Edge.BEFORE, FaultKind.CLOCK.code(), "", 0);
        }

        /** An injection has ended. */
        Start heldBack(long at, String lines) {
            return put(EventType.HELD_BACK, at, 0, 0, 0, 0, 0, Edge.NONE, 0, lines);
        }

        Start delete(long at, long request) {
            return put(EventType.OPERATION, at, ++scope, request, 0, 0, 6, Edge.BEFORE, 0, "");
        }

        Start commit(long at, long request) {
            return put(EventType.OPERATION, at, ++scope, request, 0, 0, 5, Edge.BEFORE, 0, "");
        }

        /** A whole request that sets one attribute. */
        Start serves(long at, long request, long writeId) {
            begin(at, request);
            if (writeId != 0) {
                set(at + 1, request, writeId, "mw.register.a", 0, Outcome.OK);
                save(at + 2, request, writeId, Outcome.OK);
            }
            return commit(at + 3, request);
        }

        /** A change is sent for a request, in a scope of its own; the call takes 2. */
        Start sends(long at, long request, int to, long identity, String words) {
            replica(EventType.OPERATION, at, SEND, ++scope, request, identity, Edge.BEFORE, 0, to, 0, words);
            return replica(
                    EventType.OPERATION, at + 2, SEND, scope, request, 0, Edge.AFTER, Outcome.OK.code(), to, 0, "");
        }

        /** A change is not sent: this injection takes its caller in. */
        Start sendsNothing(long at, long request, int to, long identity, String words, int injection) {
            replica(EventType.OPERATION, at, SEND, ++scope, request, identity, Edge.BEFORE, 0, to, 0, words);
            replica(EventType.FAULT, at, SEND, scope, request, 0, Edge.BEFORE, FaultKind.LAG.code(), to, injection, "");
            return replica(
                    EventType.OPERATION, at + 1, SEND, scope, request, 0, Edge.AFTER, Outcome.INFO.code(), to, 0, "");
        }

        /** What was held is sent after all. */
        Start sendsHeld(long at, long request, int to) {
            replica(EventType.OPERATION, at, SEND, scope, request, 0, Edge.BEFORE, 0, to, 0, "midwrite-held-1");
            return replica(
                    EventType.OPERATION, at + 2, SEND, scope, request, 0, Edge.AFTER, Outcome.OK.code(), to, 0, "");
        }

        /** It comes, and is applied 1 later. */
        Start applies(long at, int from, long identity) {
            replica(EventType.OPERATION, at, APPLY, ++scope, 0, identity, Edge.BEFORE, 0, from, 0, "SESSION-DELTA");
            return replica(EventType.OPERATION, at + 1, APPLY, scope, 0, 0, Edge.AFTER, Outcome.OK.code(), from, 0, "");
        }

        private Start replica(
                EventType type,
                long at,
                int point,
                long ofScope,
                long request,
                long identity,
                Edge edge,
                int outcome,
                int peer,
                int injection,
                String payload) {
            EventRecord.write(
                    records,
                    type,
                    seq++,
                    ORIGIN + at + offset,
                    SESSION,
                    ofScope,
                    request,
                    0,
                    identity,
                    point,
                    edge,
                    outcome,
                    0,
                    injection,
                    PEERS + peer,
                    payload.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Start losesItsEnd() {
            complete = false;
            return this;
        }

        private Start put(
                EventType type,
                long at,
                long scopeId,
                long request,
                long writeId,
                long digest,
                int point,
                Edge edge,
                int outcome,
                String payload) {
            return put(type, at, scopeId, request, writeId, digest, point, edge, outcome, payload, SESSION);
        }

        private Start put(
                EventType type,
                long at,
                long scopeId,
                long request,
                long writeId,
                long digest,
                int point,
                Edge edge,
                int outcome,
                String payload,
                long session) {
            EventRecord.write(
                    records,
                    type,
                    seq++,
                    ORIGIN + at + offset,
                    session,
                    scopeId,
                    request,
                    writeId,
                    digest,
                    point,
                    edge,
                    outcome,
                    0,
                    0,
                    payload.getBytes(StandardCharsets.UTF_8));
            return this;
        }
    }

    Start start(String node, long offset) {
        Start start = new Start(node, offset);
        starts.add(start);
        return start;
    }

    /** What became of the nodes, and what was done to them. */
    RecordedRun ends(NodeRuns ends, RunFacts.FaultFacts... done) {
        runs = ends;
        actions = List.of(done);
        return this;
    }

    RecordedRun user(OperationKind kind, long invoked, long returned, long request, long value, int node) {
        return add(operation(kind, request, value, node).between(invoked, returned));
    }

    RecordedRun unanswered(OperationKind kind, long invoked, long request, long value, int node) {
        return add(operation(kind, request, value, node)
                .between(invoked, UserOperation.NEVER)
                .outcome(Outcome.INFO));
    }

    /** Not by the application, but with this status. */
    RecordedRun answered(OperationKind kind, long invoked, long request, int status, int node) {
        return add(operation(kind, request, 0, node)
                .between(invoked, UserOperation.NEVER)
                .outcome(Outcome.INFO)
                .length(status));
    }

    /** The second attempt at a request. */
    RecordedRun again(OperationKind kind, long invoked, long returned, long request, long value, int node) {
        return add(
                operation(kind, request, value, node).between(invoked, returned).request(request, 2));
    }

    /** A request of somebody else that came through the front. */
    RecordedRun step(long invoked, long returned, long request, int node, boolean replaced) {
        foreign = true;
        return add(operation(OperationKind.STEP, request, 200, node)
                .between(invoked, returned)
                .second(replaced ? 1 : 0));
    }

    /** The drill requires that sessions are kept outside of nodes. */
    RecordedRun requiresExternalStore() {
        externalStore = true;
        return this;
    }

    /** The load is somebody else's. */
    RecordedRun foreign() {
        foreign = true;
        return this;
    }

    private UserOperationBuilder operation(OperationKind kind, long request, long value, int node) {
        return UserOperation.of(kind, 7)
                .seq(operations.size())
                .incarnation(77)
                .value(value)
                .request(request, 1)
                .process(1 + operations.size())
                .node(node)
                .attribute(1);
    }

    private RecordedRun add(UserOperationBuilder operation) {
        operations.add(operation.build());
        return this;
    }

    /** Written to disk and read again. */
    History history(Path directory) throws IOException {
        Path drill = Files.writeString(directory.resolve("drill.yaml"), "version: 1\n");
        Bundle bundle = Bundle.create(directory.resolve("bundle"), drill);
        try (HistoryWriter writer = HistoryWriter.create(bundle.users())) {
            operations.forEach(writer::append);
        }
        if (foreign) {
            bundle.write(new FrontFacts(
                    FrontFacts.FORMAT, "http://127.0.0.1:1", operations.size(), 0, 0, 0, 0, 0, 0, Map.of(), List.of()));
        }
        List<ClockFacts> clocks = new ArrayList<>();
        List<JournalFacts> journals = new ArrayList<>();
        for (Start start : starts) {
            Path file = bundle.journal(start.node, start.incarnation);
            Files.createDirectories(file.getParent());
            byte[] bytes = new byte[start.records.position()];
            start.records.duplicate().flip().get(bytes);
            Files.write(file, bytes);
            journals.add(new JournalFacts(start.node, start.incarnation, start.seq, start.complete, ""));
            if (!start.pings.isEmpty()) {
                ClockBound last = start.pings.get(start.pings.size() - 1);
                clocks.add(new ClockFacts(start.node, start.incarnation, last.lower(), last.upper(), start.pings));
            }
        }
        bundle.write(new RunFacts(
                RunFacts.FORMAT,
                new RunFacts.Origin("recorded", 1, Map.of(), "2026-11-21T00:00:00Z", ORIGIN),
                new RunFacts.Promise(Profile.STRONG, Scope.CLUSTER, false, externalStore, 0, false, 0),
                new RunFacts.UserFacts(
                        List.of("session", "register a"),
                        List.of("register"),
                        List.of(),
                        2_000_000_000L,
                        bundle.historyBytes()),
                new RunFacts.FleetFacts(NODES, clocks, journals, runs),
                new RunFacts.Course(actions, 1_000_000, 1_000_000),
                StoreContents.NONE,
                RunFacts.StoreFacts.NONE,
                List.of()));
        return History.read(bundle);
    }
}
