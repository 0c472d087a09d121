package dev.midwrite.agent.scope;

import dev.midwrite.agent.point.Point;
import java.util.ArrayList;
import java.util.List;

/** An operation on a session, the scope of its steps. All calls of one logical save share one. */
public final class Operation extends Passage {
    /** The raw session id, while the operation is open; it never leaves the process. Null for none. */
    public String id;
    /** What the paths of the files contain in which it keeps the session, the raw id perhaps; null if it keeps none. */
    public String file;
    /** The object whose method was called. */
    public Object self;
    /** Steps so far. */
    public int steps;
    /** Steps whose answers arrive where nobody may be waiting, in their order; used by the thread that it is open on. */
    public final List<Step> unanswered = new ArrayList<>(0);
    /** Of the object that is saved or changed; null where there is none. */
    public SessionState state;
    /** The operation in which this one was called; null if it is the outermost. */
    public Operation outer;

    /** Its body has ended, for now. Threads that carry the save on may look. */
    public volatile boolean over;

    /** The same operation where it is made later, on another thread; null if it has not been held. */
    public Operation later;
    /** It was held, and is made now. */
    public boolean isLater;
    /** The write id of the version that the set value says it replaces; 0 for none. */
    public long replaced;

    /** What had changed when this save began; null for nothing. */
    public SessionState.Change change;

    public Operation(Point point) {
        super(point);
    }

    /** Whether this file is one in which it keeps the session. */
    public boolean isKeptIn(String path) {
        return file != null && path.contains(file);
    }

    /** This save begins, or goes on, when this has changed. */
    public void takes(SessionState.Change last) {
        change = last;
        dirty |= last != null;
        writeId = last == null || last.writeId() == 0 ? writeId : last.writeId();
    }

    /** This is a part of that logical save, on another thread. */
    public void continues(Operation save) {
        scope = save.scope;
        request = save.request;
        label = save.label;
        writeId = save.writeId;
        isNew = save.isNew;
        dirty = save.dirty;
    }
}
