package dev.midwrite.check.search;

import java.util.List;
import java.util.Optional;

/**
 * The sequential object that the operations of one history act on. Built for that history, so that states which no
 * operation can tell apart are one state: everything that nobody observes any more is {@link #UNSEEN}.
 *
 * <p>States and actions are small numbers; two calls with the same effect and observation have the same action.
 * Implementations are immutable.
 */
public interface Model {
    /** Not a state: the action cannot happen here. */
    int REFUSED = -1;
    /** All states that no conditional or observing operation accepts, now or after further non-overwriting steps. */
    int UNSEEN = 0;

    /** How an action depends on the state. */
    enum Role {
        /** Accepts some states and changes none. */
        OBSERVES,
        /** Accepts some states and changes them. */
        CONDITIONAL,
        /** Accepts every state; the result depends on it. */
        TRANSFORMS,
        /** Accepts every state; the result does not depend on it. */
        OVERWRITES;

        boolean total() {
            return this == TRANSFORMS || this == OVERWRITES;
        }
    }

    int initial();

    /** The number of the call's action. */
    int action(Call call);

    Role role(int action);

    /** The state after {@code action} in {@code state}, or {@link #REFUSED}. */
    int step(int state, int action);

    /** The last time at which {@code state} matters to a result that a user saw; it is UNSEEN afterwards. */
    long lastSeen(int state);

    /** False only if no run of non-overwriting actions leads from {@code state} to one that accepts {@code action}. */
    boolean leads(int state, int action);

    /** Until when it matters whether an indeterminate call of this action took effect. */
    long lastUseful(int action);

    /**
     * Asked when a narrow search has not decided.
     *
     * @return a false result that needs no search; empty if there is none, which proves nothing
     */
    default Optional<SearchResult> refute(List<Operation> operations) {
        return Optional.empty();
    }
}
