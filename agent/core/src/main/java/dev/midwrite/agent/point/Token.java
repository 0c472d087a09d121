package dev.midwrite.agent.point;

import dev.midwrite.event.Edge;

/** What the gate hands to woven code between a call's beginning and its end; belongs to one thread. */
abstract class Token {
    final Place place;
    long session;
    long scope;
    long request;
    long label;
    long writeId;
    boolean isNew;
    boolean dirty;
    /** The body must not run. */
    boolean skip;
    /** What the caller must see as thrown, or null. */
    Throwable error;

    Token(Place place) {
        this.place = place;
    }

    void in(Scopes.RequestScope current) {
        if (current != null) {
            request = current.id;
            label = current.label;
        }
    }

    /** Which step of the scope this is about; 0 for none. */
    int step() {
        return 0;
    }

    /** The command of the step; empty for none. */
    String command() {
        return "";
    }

    /** Edges at which a dropped or failed body still makes sense. */
    static boolean canSkip(Edge edge) {
        return edge == Edge.BEFORE;
    }
}
