package dev.midwrite.check.zoo;

import dev.midwrite.check.Anomaly;

/** What the nodes under a sound session can do wrong, and what a check must call it. */
enum FleetBug {
    TWO_OWNERS_WRITE(Anomaly.DUAL_OWNER),
    EPOCH_GIVEN_OUT_AGAIN(Anomaly.EPOCH_REUSE),
    REPLICATION_LAGS(Anomaly.REPLICATION_LAG),
    REPLICATION_FORGETS(Anomaly.REPLICATION_LAG),
    ACKNOWLEDGES_ALONE_IN_SILENCE(Anomaly.SILENT_DIVERGENCE),
    SIGN_COMES_TOO_LATE(Anomaly.SILENT_DIVERGENCE),
    SOCKET_LOSES_WHAT_WAS_CONFIRMED(Anomaly.WS_LOST),
    SOCKET_RESUMES_TOO_LATE(Anomaly.WS_LOST),
    SOCKET_SKIPS(Anomaly.WS_GAP),
    SOCKET_REPEATS(Anomaly.WS_DUP),
    SOCKET_SWAPS(Anomaly.WS_REORDER),
    SOCKET_BREAKS_WHILE_DRAINING(Anomaly.WRONG_CLOSE_CODE),
    SOCKET_CLOSES_LATE(Anomaly.LATE_CLOSE),
    SOCKET_IS_NEVER_CLOSED(Anomaly.LATE_CLOSE),
    TRAIL_MISSES_A_WRITE(Anomaly.AUDIT_MISSING),
    TRAIL_REPEATS_A_WRITE(Anomaly.AUDIT_DUP),
    TRAILS_DIFFER(Anomaly.AUDIT_DIVERGENT),
    TRAIL_CONTRADICTS_VERSIONS(Anomaly.AUDIT_ORDER),
    CLOCK_IS_SET(Anomaly.AUDIT_CLOCK),
    NODE_ENDS_BY_ITSELF(Anomaly.NODE_ENDED),
    STORED_WITHOUT_TIME_TO_LIVE(Anomaly.IMMORTAL_SESSION),
    STORED_WITHOUT_FIELDS(Anomaly.MISSING_FIELDS),
    REPLICA_BEHIND(Anomaly.NON_CONVERGENT),
    REPLICA_IN_CONFLICT(Anomaly.NON_CONVERGENT),
    REPLICA_MISSES_THE_SESSION(Anomaly.NON_CONVERGENT),
    REPLICA_KEEPS_THE_ENDED_SESSION(Anomaly.NON_CONVERGENT);

    private final Anomaly called;

    FleetBug(Anomaly called) {
        this.called = called;
    }

    Anomaly called() {
        return called;
    }
}
