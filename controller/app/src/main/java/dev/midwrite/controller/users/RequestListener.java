package dev.midwrite.controller.users;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;

/** Hears of every attempt, for metrics. Called on users' threads, at the same time from several; must return at once. */
@FunctionalInterface
public interface RequestListener {

    /** Status of an answer in the application's own words, which users understand. */
    int APPLICATION = -1;

    /**
     * @param node number of the node that was asked; 0 if nobody could be
     * @param status HTTP status of any other answer; 0 if there was none
     * @param nanos from the moment at which the request was planned to the answer, or to giving up
     */
    void request(OperationKind kind, Outcome outcome, int node, int status, long nanos);
}
