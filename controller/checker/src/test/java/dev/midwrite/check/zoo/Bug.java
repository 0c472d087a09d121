package dev.midwrite.check.zoo;

import dev.midwrite.check.Anomaly;
import java.util.EnumSet;
import java.util.Set;

/** What a store can do wrong, and what a check must call it: any of these names, and nothing else beside. */
enum Bug {
    /** Beside an append of unknown outcome that came late, it may be the application's own doing. */
    DROPPED_APPEND(Anomaly.LOST_ACKED_WRITE, Anomaly.APPEND_RACE),
    APPENDS_RACE(Anomaly.APPEND_RACE),
    INCREMENTS_RACE(Anomaly.INCREMENT_RACE),
    UPDATES_RACE(Anomaly.UPDATE_RACE),
    DROPPED_REGISTER_WRITE(Anomaly.LOST_OR_MASKED, Anomaly.LOST_LAST_WRITE),
    STALE_REGISTER_READ(Anomaly.STALE_READ),
    REGISTER_FLIPS_BACK(Anomaly.STALE_READ, Anomaly.OSCILLATION),
    REGISTER_FROM_THE_FUTURE(Anomaly.FUTURE_READ),
    REGISTER_OF_ANOTHER_SESSION(Anomaly.THIN_AIR),
    DAMAGED_REGISTER(Anomaly.GARBAGE),
    REJECTED_WRITE_APPLIED(Anomaly.ABORTED_READ),
    REMOVED_REGISTER_COMES_BACK(Anomaly.STALE_READ),
    REMOVED_REGISTER_STAYS_ON_A_NODE(Anomaly.NON_CONVERGENT),
    DISPATCHED_WRITE_DROPPED(Anomaly.LOST_OR_MASKED, Anomaly.LOST_LAST_WRITE),
    CHANGE_IN_PLACE_FORGOTTEN(Anomaly.CHANGE_IN_PLACE_LOST),
    TORN_LARGE_GROUP(Anomaly.TORN),
    RELOGIN_KEEPS_THE_SESSION(Anomaly.RESURRECTION),
    LATE_WRITE_ROLLS_BACK_IN_THE_END(Anomaly.LOST_LAST_WRITE),
    DOCUMENT_UPDATE_FROM_OLD_VERSION(Anomaly.LOST_UPDATE),
    DOCUMENT_BRANCHES_ON_TWO_NODES(Anomaly.FORK),
    /** Beside an update of unknown outcome, which may have put the other branch back, it is a plain fork. */
    DOCUMENT_BRANCHES_JOINED(Anomaly.FORK_JOINED, Anomaly.FORK),
    DOCUMENT_BUILT_ON_THE_FUTURE(Anomaly.VERSION_CYCLE),
    DOCUMENT_READ_OLD(Anomaly.STALE_READ, Anomaly.READ_YOUR_WRITES),
    TORN_GROUP(Anomaly.TORN),
    PARTLY_ROLLED_BACK_GROUP(Anomaly.PARTIAL_ROLLBACK),
    LIST_READ_SHORT(Anomaly.READ_YOUR_WRITES),
    LIST_READ_SHORT_OF_WHAT_WAS_SEEN(Anomaly.MONOTONIC_READS),
    LIST_APPENDS_SWAPPED(Anomaly.MONOTONIC_WRITES),
    LIST_ENTRY_BEFORE_WHAT_WAS_SEEN(Anomaly.WRITES_FOLLOW_READS),
    /** Beside an append of unknown outcome, which may have put the other branch back, it may be the application's doing. */
    LIST_BRANCHES_JOINED(Anomaly.FORK_JOINED, Anomaly.APPEND_RACE),
    LIST_SWAPPED_FOR_ONE_READ(Anomaly.DIVERGENT_ORDER),
    LIST_ORDER_DIFFERS_BY_NODE(Anomaly.FORK),
    LIST_ENTRY_TWICE(Anomaly.DUP_APPLY),
    COUNTER_TWICE(Anomaly.DUP_INCREMENT),
    COUNTER_FORGETS(Anomaly.LOST_INCREMENT, Anomaly.INCREMENT_RACE),
    SESSION_VANISHES(Anomaly.SESSION_LOST),
    SESSION_REPLACED(Anomaly.SESSION_REPLACED),
    SESSION_COMES_BACK(Anomaly.RESURRECTION),
    OLD_ID_STAYS(Anomaly.OLD_ID_ALIVE),
    ENDED_ID_TAKEN_AGAIN(Anomaly.ID_REUSE),
    EXPIRES_EARLY(Anomaly.PREMATURE_EXPIRY),
    NEVER_EXPIRES(Anomaly.OVERSTAY),
    NODE_MISSES_THE_LAST_WRITE(Anomaly.NON_CONVERGENT),
    NODE_HOLDS_NOTHING(Anomaly.NON_CONVERGENT),
    NODES_HOLD_DIFFERENT_WRITES(Anomaly.NON_CONVERGENT),
    /** That two nodes disagree is explained by the session that came back, or was lost. */
    NODE_KEEPS_THE_ENDED_SESSION(Anomaly.RESURRECTION),
    NODE_WITHOUT_THE_SESSION(Anomaly.SESSION_LOST);

    private final Anomaly name;
    private final Anomaly otherName;

    Bug(Anomaly name) {
        this(name, name);
    }

    Bug(Anomaly name, Anomaly otherName) {
        this.name = name;
        this.otherName = otherName;
    }

    Set<Anomaly> names() {
        return EnumSet.of(name, otherName);
    }
}
