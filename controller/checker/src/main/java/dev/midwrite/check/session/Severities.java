package dev.midwrite.check.session;

import static dev.midwrite.check.Profile.EVENTUAL;
import static dev.midwrite.check.Profile.SESSION;
import static dev.midwrite.check.Profile.STRONG;
import static dev.midwrite.check.Severity.HARD;
import static dev.midwrite.check.Severity.INFO;
import static dev.midwrite.check.Severity.SOFT;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Severity;

/** What an anomaly means under what a store promises: the one table of it. */
public final class Severities {
    private Severities() {}

    /**
     * The severity.
     *
     * @param lasting still so in the final reads
     * @param sameNode one node served all that contradicts itself; a sticky user has a right to more there
     * @param idempotencyKeys the application promises to drop repeated requests
     */
    public static Severity of(
            Anomaly anomaly, Profile profile, boolean lasting, boolean sameNode, boolean idempotencyKeys) {
        return switch (anomaly) {
            case GARBAGE,
                    THIN_AIR,
                    ABORTED_READ,
                    FUTURE_READ,
                    RESURRECTION,
                    OLD_ID_ALIVE,
                    PREMATURE_EXPIRY,
                    FOREIGN_SESSION_LISTED,
                    FORK_JOINED,
                    FORK,
                    DUAL_OWNER,
                    EPOCH_REUSE,
                    NODE_ENDED,
                    NODE_OUT_OF_MEMORY,
                    NO_EXTERNAL_STORE,
                    REQUEST_CUT,
                    REQUEST_REJECTED,
                    IMMORTAL_SESSION,
                    MISSING_FIELDS,
                    WRONG_TTL,
                    NOT_RENEWED,
                    WS_LOST,
                    NON_CONVERGENT,
                    AUDIT_DIVERGENT -> HARD;
            // What goes by itself misleads nobody for long; what stays grows for ever.
            case DANGLING_INDEX -> lasting ? HARD : SOFT;
            case SESSION_LOST,
                    SESSION_REPLACED,
                    LOGGED_OUT,
                    STILL_LOGGED_IN,
                    ENDED_SESSION_LISTED,
                    SESSION_NOT_LISTED -> lasting || mustSee(profile, sameNode) ? HARD : SOFT;
            // Lasting: such a session was never found again.
            case COOKIE_NOT_RETURNED -> lasting ? HARD : SOFT;
            // Lasting: asked again and again. One error after quiescence may be bad luck.
            case UNAVAILABLE -> lasting ? HARD : SOFT;
            case LOST_ACKED_WRITE, LOST_LAST_WRITE, LOST_INCREMENT -> profile == EVENTUAL ? SOFT : HARD;
            // Two requests of one session at a time, and no store promises to order what the application does between.
            case APPEND_RACE, INCREMENT_RACE, UPDATE_RACE -> INFO;
            // Reading, computing and setting is not atomic in a session: on one node this is the application's race.
            case LOST_UPDATE, VERSION_CYCLE -> profile == EVENTUAL || sameNode ? SOFT : HARD;
            case TORN, PARTIAL_ROLLBACK -> {
                if (lasting || profile == STRONG) {
                    yield HARD;
                }
                yield profile == SESSION ? SOFT : INFO;
            }
            case DUP_APPLY, DUP_INCREMENT -> idempotencyKeys ? HARD : INFO;
            case DIVERGENT_ORDER -> lasting || profile != EVENTUAL ? HARD : SOFT;
            case STALE_READ, OSCILLATION, LOST_OR_MASKED -> mustSee(profile, sameNode) || lasting ? HARD : INFO;
            case READ_YOUR_WRITES, MONOTONIC_READS, MONOTONIC_WRITES, WRITES_FOLLOW_READS ->
                mustSee(profile, sameNode) ? HARD : SOFT;
            case SILENT_DIVERGENCE -> profile == STRONG ? HARD : SOFT;
            case WRONG_CLOSE_CODE,
                    WS_GAP,
                    WS_DUP,
                    WS_REORDER,
                    AUDIT_MISSING,
                    AUDIT_DUP,
                    AUDIT_ORDER,
                    ACKED_BEFORE_SAVED -> profile == EVENTUAL ? SOFT : HARD;
            // What the store documents it does, and what loses nothing.
            case ID_IN_URL, CHANGE_IN_PLACE_LOST -> SOFT;
            case ID_REUSE, OVERSTAY, LATE_CLOSE, AUDIT_CLOCK, REPLICATION_LAG -> SOFT;
        };
    }

    private static boolean mustSee(Profile profile, boolean sameNode) {
        return profile == STRONG || (profile == SESSION && sameNode);
    }
}
