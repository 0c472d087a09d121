package dev.midwrite.agent.point;

/** A domain operation, the scope of its steps. All calls of one logical save share one. */
final class Operation extends Token {
    /** Steps so far. */
    int steps;
    /** Of the object that is saved, created, changed; null where there is none. */
    Scopes.SessionState state;

    /** The write id of the version that the set value says it replaces; 0 for none. */
    long replaced;

    Operation(Place place) {
        super(place);
    }
}
