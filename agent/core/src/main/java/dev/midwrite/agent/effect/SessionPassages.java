package dev.midwrite.agent.effect;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.RequestScope;
import dev.midwrite.agent.scope.Scopes;
import dev.midwrite.agent.scope.SessionState;
import dev.midwrite.agent.scope.ThreadScope;
import dev.midwrite.event.Edge;
import dev.midwrite.event.Mix;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.event.SessionHash;
import java.nio.ByteBuffer;

/** Domain operations: each opens a scope, unless it runs inside another one. Thread-safe. */
final class SessionPassages {
    /** Characters of a thread's name; some applications put data into them. */
    private static final int LONGEST_NAME = 100;

    private final Scopes scopes;
    private final Records records;
    private final Injector injector;
    private final HeldCalls held;
    private final Holders holders;
    private final Contents contents;
    private final ThreadLocal<SessionHash> hashes;

    /** @param contents null if nobody asks what sessions hold */
    SessionPassages(
            Scopes scopes,
            Records records,
            Injector injector,
            HeldCalls held,
            Holders holders,
            Contents contents,
            byte[] sessionKey) {
        this.scopes = scopes;
        this.records = records;
        this.injector = injector;
        this.held = held;
        this.holders = holders;
        this.contents = contents;
        SessionHash hash = new SessionHash(sessionKey);
        hash.of(""); // What it needs is looked up here and not at whatever stack depth a host's thread comes by.
        this.hashes = ThreadLocal.withInitial(hash::copy);
    }

    /**
     * A call of the repository.
     *
     * @param file what the paths of the files contain in which it keeps the session; null if it keeps none
     */
    Operation enter(ThreadScope thread, Point point, Object self, String id, String peer, Object session, String file) {
        if (thread.operation != null || thread.setting) {
            return null;
        }
        if (point.kind() == PointKind.SESSION_SAVE && session != null) {
            return save(thread, point, self, id, scopes.session(session), file);
        }
        Operation operation = begin(thread, point, id, null);
        operation.peer = peer;
        operation.file = file;
        return run(thread, operation, self, "");
    }

    /**
     * What another thread or node has begun goes on here: with a scope of its own, whatever it lies in.
     *
     * @param content what of a session goes to another node, or the name that both nodes have for it: text or bytes; its hash
     *     tells in two journals that it is the same. Null if nothing of a session goes
     * @param what its kind in the library's words; null for none
     */
    Operation adopt(ThreadScope thread, Point point, Object self, String id, String peer, Object content, String what) {
        Operation operation = begin(thread, point, id, null);
        operation.peer = peer;
        operation.outer = thread.operation;
        return run(thread, operation, self, identity(content), what == null ? "" : what);
    }

    /**
     * A change of the session object in memory. Objects that no repository has handed out are none of the
     * application's: listeners, clean-up and loads fill those, with values that were written long ago.
     */
    Operation change(ThreadScope thread, Point point, Object session, String id, Object name, Object value) {
        if (thread.operation != null || thread.setting) {
            return null;
        }
        SessionState state = scopes.known(session);
        if (state == null) {
            return null;
        }
        Operation operation = begin(thread, point, id, state);
        held.changes(state, operation);
        if (thread.request == null) {
            operation.in(state.handedTo);
        }
        if (point.kind() == PointKind.SESSION_SET) {
            operation.writeId = writeId(value, 0);
            operation.replaced = writeId(value, 1);
        }
        thread.setting = true;
        String attribute = name instanceof String text ? text : "";
        long hash = contents == null || point.kind() != PointKind.SESSION_SET ? 0 : contents.name(attribute);
        return run(thread, operation, session, hash, attribute);
    }

    /** A call that was held is made on this thread. */
    Operation later(ThreadScope thread) {
        Operation operation = thread.held;
        thread.held = null;
        thread.operation = operation;
        records.edge(operation, operation.point, Edge.BEFORE, Outcome.NONE, 0, threadName());
        return operation;
    }

    Throwable exit(ThreadScope thread, Operation operation, Object result, String id, Throwable thrown) {
        thread.operation = operation.outer;
        thread.setting = false;
        operation.id = null;
        operation.file = null;
        operation.unanswered.clear(); // Their end is nobody's in here.
        Throwable outcome = operation.error == null ? thrown : operation.error;
        boolean failed = operation.error != null;
        operation.error = null;
        long digest = 0;
        SessionState state = operation.state;
        switch (operation.point.kind()) {
            case SESSION_CREATE, SESSION_READ -> {
                if (result != null) {
                    operation.session = hash(id);
                    SessionState known = scopes.session(result);
                    if (operation.point.kind() == PointKind.SESSION_CREATE) {
                        known.isNew = true; // A read may hand out an object that others hold, too.
                    }
                    known.handedTo = thread.defers ? thread.request : null;
                    digest = 1;
                }
            }
            case SESSION_SET -> {
                digest = operation.replaced;
                if (outcome == null && !operation.skip) {
                    state.changed(operation.writeId, thread.request == null ? state.handedTo : thread.request);
                }
            }
            case SESSION_RENAME -> digest = outcome == null && id != null ? hash(id) : 0;
            case SESSION_SAVE -> saved(thread.request, operation, outcome);
            default -> {}
        }
        operation.over = true;
        records.edge(
                operation,
                operation.point,
                Edge.AFTER,
                Records.outcome(operation, outcome),
                digest,
                Records.names(outcome));
        if (failed) {
            operation.skip = false; // A drop holds for the whole logical save; an error was this call's.
        } else if (thrown == null) {
            injector.at(operation, operation.point, Edge.AFTER, result);
            outcome = operation.error;
            operation.error = null;
        }
        return outcome;
    }

    /** Nobody waits for it any more: whether it takes effect is not known. */
    void abandon(Operation operation) {
        operation.over = true;
        records.edge(operation, operation.point, Edge.AFTER, Outcome.INFO, 0, "");
    }

    private Operation save(ThreadScope thread, Point point, Object self, String id, SessionState state, String file) {
        long serial = thread.request == null ? 0 : thread.request.serial;
        Operation last = state.save;
        if (serial != 0 && last != null && state.saveRequest == serial) {
            return again(thread, id, last, file);
        }
        Operation operation = begin(thread, point, id, state);
        operation.file = file;
        SessionState.Change change = state.change();
        if (serial == 0 && last != null && last.self != self && !(last.over && change != null)) {
            // The repository that was called has handed the session to another one on this thread.
            operation.continues(last);
            return run(thread, operation, self, threadName());
        }
        RequestScope by = change == null ? null : change.by();
        operation.isNew = state.isNew;
        operation.takes(change);
        if (serial == 0 && by != null) { // Whoever saves it: it is the save of that request.
            operation.in(by);
        }
        state.save = operation;
        state.saveRequest = serial;
        boolean own = serial != 0 && (by == null || by.serial == serial);
        return run(thread, operation, self, own ? "" : threadName());
    }

    /** The response committed early and Spring Session saves once more: the same logical save goes on. */
    private Operation again(ThreadScope thread, String id, Operation save, String file) {
        save.id = id;
        save.file = file;
        save.over = false;
        save.skip &= save.later == null; // The first part was held, not dropped.
        save.takes(save.state.change());
        thread.operation = save;
        records.edge(save, save.point, Edge.BEFORE, Outcome.NONE, 0, "");
        return save;
    }

    private Operation begin(ThreadScope thread, Point point, String id, SessionState state) {
        Operation operation = new Operation(point);
        operation.scope = scopes.nextId();
        operation.session = id == null ? 0 : hash(id);
        operation.id = id;
        operation.state = state;
        operation.defers = thread.defers;
        operation.in(thread.request);
        return operation;
    }

    private Operation run(ThreadScope thread, Operation operation, Object self, String payload) {
        return run(thread, operation, self, 0, payload);
    }

    private Operation run(ThreadScope thread, Operation operation, Object self, long digest, String payload) {
        operation.self = self;
        holders.passes(operation);
        thread.operation = operation;
        records.edge(operation, operation.point, Edge.BEFORE, Outcome.NONE, digest, payload);
        injector.at(operation, operation.point, Edge.BEFORE, self);
        return operation;
    }

    private static void saved(RequestScope request, Operation operation, Throwable outcome) {
        if (request != null) {
            request.session = operation.session;
            request.dirty |= operation.dirty;
        }
        if (outcome == null && operation.state != null) {
            operation.state.saved(operation.change);
        }
    }

    private static String threadName() {
        String name = Thread.currentThread().getName();
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** The write id in a string's part, or in an array of strings at this place; 0 for none. */
    private static long writeId(Object value, int place) {
        if (value instanceof String[] texts) {
            return place < texts.length ? ProbeValue.parse(texts[place]) : 0;
        }
        // Other strings of the application cost no copy.
        return value instanceof String text && text.startsWith(ProbeValue.PREFIX) ? ProbeValue.part(text, place) : 0;
    }

    /** The same on every node; 0 for none. */
    private long identity(Object content) {
        if (content instanceof String text) {
            return hash(text);
        }
        if (!(content instanceof byte[] bytes)) {
            return 0;
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        // Content is no credential, and still nobody's business who does not have the run's key.
        long hash = Mix.mix(hash(""), bytes.length);
        while (rest.remaining() >= Long.BYTES) {
            hash = Mix.mix(hash, rest.getLong());
        }
        while (rest.hasRemaining()) {
            hash = Mix.mix(hash, rest.get());
        }
        return hash;
    }

    private long hash(String id) {
        return hashes.get().of(id);
    }
}
