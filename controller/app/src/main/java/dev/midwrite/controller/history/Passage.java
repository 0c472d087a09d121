package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.ProbeValue;
import java.util.EnumSet;
import java.util.Set;

/** What an entry of a journal is about, by the kind of its point, whatever the library calls it. */
final class Passage {
    /** Commands that carry attributes of a session; others of the same save find, rename or expire it. */
    private static final Set<String> STORING = Set.of("HMSET", "HSET", "SET", "SETEX", "PSETEX");

    /** With which a node asks something that outlives it. */
    private static final Set<PointKind> LEAVING = EnumSet.of(
            PointKind.SESSION_SAVE,
            PointKind.STORE_COMMAND,
            PointKind.STORE_BYTES,
            PointKind.STORE_COMMIT,
            PointKind.FILE_WRITE,
            PointKind.REPLICA_SEND);

    private static final Set<PointKind> ENDING =
            EnumSet.of(PointKind.SESSION_DELETE, PointKind.SESSION_EXPIRE, PointKind.SESSION_RENAME);

    private Passage() {}

    /** The application began to set an attribute; the entry's text is the attribute's name. */
    static boolean beginsSet(Entry entry) {
        return isAt(entry, PointKind.SESSION_SET, Edge.BEFORE);
    }

    /** The application has set an attribute to a value with a write id. */
    static boolean set(Entry entry) {
        return isAt(entry, PointKind.SESSION_SET, Edge.AFTER)
                && ok(entry)
                && named(entry.event().writeId());
    }

    /** The application has set or removed an attribute. */
    static boolean changed(Entry entry) {
        return isAt(entry, PointKind.SESSION_SET, Edge.AFTER) && ok(entry);
    }

    /** The store has answered for a command of a change of the session: it is stored as it is made. */
    static boolean storedAtOnce(Entry entry) {
        return isAt(entry, PointKind.SESSION_SET, Edge.STEP) && ok(entry) && STORING.contains(entry.text());
    }

    /** The application asked a repository for a session, or made one. */
    static boolean reads(Entry entry) {
        return isAt(entry, PointKind.SESSION_READ, Edge.BEFORE) || isAt(entry, PointKind.SESSION_CREATE, Edge.BEFORE);
    }

    /** A session was loaded and found. */
    static boolean loaded(Entry entry) {
        return isAt(entry, PointKind.SESSION_READ, Edge.AFTER)
                && ok(entry)
                && entry.event().digest() == 1;
    }

    /** A session was looked for and is not there. */
    static boolean missed(Entry entry) {
        return isAt(entry, PointKind.SESSION_READ, Edge.AFTER)
                && ok(entry)
                && entry.event().digest() == 0;
    }

    /** Something that befalls the node, whatever operations pass, begins or ends. */
    static boolean isOfNode(Entry entry) {
        EventType type = entry.event().type();
        return (type == EventType.FAULT || type == EventType.FAULT_DONE)
                && FaultKind.of(entry.event().outcome()).isOfNode();
    }

    /** A session was made. */
    static boolean made(Entry entry) {
        return isAt(entry, PointKind.SESSION_CREATE, Edge.AFTER)
                && ok(entry)
                && entry.event().digest() == 1;
    }

    /** A save of a session has begun. */
    static boolean beginsSave(Entry entry) {
        return isAt(entry, PointKind.SESSION_SAVE, Edge.BEFORE);
    }

    /** It may end a session, or its id, whatever comes of it. */
    static boolean mayEnd(Entry entry) {
        return entry.event().type() == EventType.OPERATION && ENDING.contains(entry.kind());
    }

    /** A store is asked, a file is written, another node is told: what a node does that keeps all in its memory never. */
    static boolean leavesNode(Entry entry) {
        return entry.event().type() == EventType.OPERATION
                && (LEAVING.contains(entry.kind()) || entry.event().edge() == Edge.STEP);
    }

    /** Something outside of the node answers, or is told: that a repository saves is not enough, for it may be a map. */
    static boolean reachesStore(Entry entry) {
        return leavesNode(entry)
                && (entry.kind() != PointKind.SESSION_SAVE || entry.event().edge() == Edge.STEP);
    }

    /** An operation that threw; the text is the classes of the exception and its causes. */
    static boolean failed(Entry entry) {
        return entry.event().type() == EventType.OPERATION
                && entry.event().edge() == Edge.AFTER
                && entry.event().outcome() == Outcome.FAIL.code()
                && entry.event().payload().length > 0;
    }

    /** A fault of this kind at a save, or at a command of it, is over. */
    static boolean doneAtSave(Entry entry, FaultKind fault) {
        return entry.event().type() == EventType.FAULT_DONE
                && entry.event().outcome() == fault.code()
                && (entry.kind() == PointKind.SESSION_SAVE || entry.event().step() > 0);
    }

    /** Any edge of a save. */
    static boolean ofSave(Entry entry) {
        return entry.event().type() == EventType.OPERATION && entry.kind() == PointKind.SESSION_SAVE;
    }

    /** A step that is a command to a store: a message to another node is none, and a save in a grid may need neither. */
    static boolean asksStore(Entry entry) {
        return entry.event().edge() == Edge.STEP && entry.event().peer() == 0;
    }

    /** Any edge of the end of a session. */
    static boolean ofDelete(Entry entry) {
        return entry.event().type() == EventType.OPERATION && entry.kind() == PointKind.SESSION_DELETE;
    }

    /** The session's id has changed; the entry's digest is the new id's hash. */
    static boolean renamed(Entry entry) {
        return isAt(entry, PointKind.SESSION_RENAME, Edge.AFTER) && ok(entry);
    }

    /** A session is being ended. */
    static boolean deletes(Entry entry) {
        return isAt(entry, PointKind.SESSION_DELETE, Edge.BEFORE);
    }

    /** The store has answered for a save, or for the step of it that carries attributes. */
    static boolean stored(Entry entry) {
        return saved(entry)
                || (isAt(entry, PointKind.SESSION_SAVE, Edge.STEP) && ok(entry) && STORING.contains(entry.text()));
    }

    /** A session was saved, wherever. */
    static boolean saved(Entry entry) {
        return isAt(entry, PointKind.SESSION_SAVE, Edge.AFTER) && ok(entry);
    }

    /** A request has reached the application. */
    static boolean requestBegins(Entry entry) {
        return isAt(entry, PointKind.REQUEST, Edge.BEFORE);
    }

    /** No byte of the response has left yet. */
    static boolean responseBegins(Entry entry) {
        return isAt(entry, PointKind.RESPONSE_COMMIT, Edge.BEFORE);
    }

    /** Whether this is the id of a write, not none and not a damaged one. */
    static boolean named(long writeId) {
        return writeId != 0 && writeId != ProbeValue.GARBAGE;
    }

    private static boolean isAt(Entry entry, PointKind kind, Edge edge) {
        return entry.event().type() == EventType.OPERATION && entry.event().edge() == edge && entry.kind() == kind;
    }

    private static boolean ok(Entry entry) {
        return entry.event().outcome() == Outcome.OK.code();
    }
}
