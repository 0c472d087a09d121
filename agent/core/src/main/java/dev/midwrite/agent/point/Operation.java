package dev.midwrite.agent.point;

/** A domain operation, the scope of its steps. All calls of one logical save share one. */
final class Operation extends Token {
    /** The raw session id, while the operation is open; it never leaves the process. Null for none. */
    String id;
    /** The repository or session object whose method was called. */
    Object self;
    /** Steps so far. */
    int steps;
    /** Of the object that is saved, created, changed; null where there is none. */
    Scopes.SessionState state;

    /** Its body has ended, for now. Threads that carry the save on may look. */
    volatile boolean over;

    /** The write id of the version that the set value says it replaces; 0 for none. */
    long replaced;

    Operation(Place place) {
        super(place);
    }

    /** This is a part of that logical save, on another thread. */
    void continues(Operation save) {
        scope = save.scope;
        request = save.request;
        label = save.label;
        writeId = save.writeId;
        isNew = save.isNew;
        dirty = save.dirty;
    }
}
