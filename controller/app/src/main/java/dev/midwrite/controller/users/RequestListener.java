package dev.midwrite.controller.users;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;

/** Hears of every attempt, for metrics. Called on users' threads, at the same time from several; must return at once. */
@FunctionalInterface
public interface RequestListener {

    /** @param nanos from the moment at which the request was planned to the answer, or to giving up */
    void request(OperationKind kind, Outcome outcome, long nanos);
}
