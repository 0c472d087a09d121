package dev.midwrite.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Severity;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of severities once more, written by hand from what each profile promises. */
class SeveritiesTest {
    /**
     * By anomaly four letters (Hard, Soft, Info) for each of strong, session and eventual: for a while on several nodes, for
     * a while on one node, lasting on several nodes, lasting on one node.
     */
    private static final String TABLE = """
        NODE_ENDED          HHHH HHHH HHHH
        NODE_OUT_OF_MEMORY  HHHH HHHH HHHH
        NO_EXTERNAL_STORE   HHHH HHHH HHHH
        COOKIE_NOT_RETURNED SSHH SSHH SSHH
        GARBAGE             HHHH HHHH HHHH
        THIN_AIR            HHHH HHHH HHHH
        ABORTED_READ        HHHH HHHH HHHH
        FUTURE_READ         HHHH HHHH HHHH
        RESURRECTION        HHHH HHHH HHHH
        OLD_ID_ALIVE        HHHH HHHH HHHH
        SESSION_LOST        HHHH SHHH SSHH
        SESSION_REPLACED    HHHH SHHH SSHH
        LOGGED_OUT          HHHH SHHH SSHH
        STILL_LOGGED_IN     HHHH SHHH SSHH
        PREMATURE_EXPIRY    HHHH HHHH HHHH
        UNAVAILABLE         SSHH SSHH SSHH
        FOREIGN_SESSION_LISTED HHHH HHHH HHHH
        ENDED_SESSION_LISTED HHHH SHHH SSHH
        SESSION_NOT_LISTED  HHHH SHHH SSHH
        OVERSTAY            SSSS SSSS SSSS
        ID_IN_URL           SSSS SSSS SSSS
        CHANGE_IN_PLACE_LOST SSSS SSSS SSSS
        ID_REUSE            SSSS SSSS SSSS
        FORK_JOINED         HHHH HHHH HHHH
        FORK                HHHH HHHH HHHH
        DUAL_OWNER          HHHH HHHH HHHH
        EPOCH_REUSE         HHHH HHHH HHHH
        LOST_UPDATE         HSHS HSHS SSSS
        VERSION_CYCLE       HSHS HSHS SSSS
        TORN                HHHH SSHH IIHH
        PARTIAL_ROLLBACK    HHHH SSHH IIHH
        LOST_ACKED_WRITE    HHHH HHHH SSSS
        LOST_LAST_WRITE     HHHH HHHH SSSS
        LOST_INCREMENT      HHHH HHHH SSSS
        APPEND_RACE         IIII IIII IIII
        INCREMENT_RACE      IIII IIII IIII
        UPDATE_RACE         IIII IIII IIII
        DUP_APPLY           IIII IIII IIII
        DUP_INCREMENT       IIII IIII IIII
        DIVERGENT_ORDER     HHHH HHHH SSHH
        STALE_READ          HHHH IHHH IIHH
        OSCILLATION         HHHH IHHH IIHH
        LOST_OR_MASKED      HHHH IHHH IIHH
        READ_YOUR_WRITES    HHHH SHSH SSSS
        MONOTONIC_READS     HHHH SHSH SSSS
        MONOTONIC_WRITES    HHHH SHSH SSSS
        WRITES_FOLLOW_READS HHHH SHSH SSSS
        NON_CONVERGENT      HHHH HHHH HHHH
        SILENT_DIVERGENCE   HHHH SSSS SSSS
        WRONG_CLOSE_CODE    HHHH HHHH SSSS
        LATE_CLOSE          SSSS SSSS SSSS
        WS_LOST             HHHH HHHH HHHH
        WS_GAP              HHHH HHHH SSSS
        WS_DUP              HHHH HHHH SSSS
        WS_REORDER          HHHH HHHH SSSS
        AUDIT_MISSING       HHHH HHHH SSSS
        AUDIT_DUP           HHHH HHHH SSSS
        AUDIT_DIVERGENT     HHHH HHHH HHHH
        AUDIT_ORDER         HHHH HHHH SSSS
        AUDIT_CLOCK         SSSS SSSS SSSS
        ACKED_BEFORE_SAVED  HHHH HHHH SSSS
        IMMORTAL_SESSION    HHHH HHHH HHHH
        MISSING_FIELDS      HHHH HHHH HHHH
        WRONG_TTL           HHHH HHHH HHHH
        NOT_RENEWED         HHHH HHHH HHHH
        DANGLING_INDEX      SSHH SSHH SSHH
        REQUEST_CUT         HHHH HHHH HHHH
        REQUEST_REJECTED    HHHH HHHH HHHH
        REPLICATION_LAG     SSSS SSSS SSSS
        """;

    private static Map<String, String> written() {
        Map<String, String> rows = new TreeMap<>();
        TABLE.lines().forEach(line -> {
            String[] words = line.split(" +", 2);
            rows.put(words[0], words[1]);
        });
        return rows;
    }

    private static String computed(Anomaly anomaly, boolean keys) {
        StringBuilder row = new StringBuilder();
        for (Profile profile : new Profile[] {Profile.STRONG, Profile.SESSION, Profile.EVENTUAL}) {
            row.append(row.isEmpty() ? "" : " ");
            for (boolean lasting : new boolean[] {false, true}) {
                for (boolean sameNode : new boolean[] {false, true}) {
                    row.append(Severities.of(anomaly, profile, lasting, sameNode, keys)
                            .name()
                            .charAt(0));
                }
            }
        }
        return row.toString();
    }

    @Test
    void isTheTable() {
        Map<String, String> computed = new TreeMap<>();
        Arrays.stream(Anomaly.values()).forEach(anomaly -> computed.put(anomaly.name(), computed(anomaly, false)));
        assertThat(computed).isEqualTo(written());
    }

    @Test
    void idempotencyKeysMakeDuplicatesHardAndChangeNothingElse() {
        Set<Anomaly> duplicates = EnumSet.of(Anomaly.DUP_APPLY, Anomaly.DUP_INCREMENT);
        for (Anomaly anomaly : Anomaly.values()) {
            assertThat(computed(anomaly, true))
                    .as(anomaly.name())
                    .isEqualTo(duplicates.contains(anomaly) ? "HHHH HHHH HHHH" : computed(anomaly, false));
        }
    }

    /** What matters most: a session that is gone for good, seen through the whole check. */
    @Test
    void aSessionThatIsGoneForGoodIsHardUnderSession() {
        Story gone = new Story().profile(Profile.SESSION).create().probe().on(2).absent();
        assertThat(gone.judged().violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.severity()).isEqualTo(Severity.SOFT));
        gone.settle().on(1).finalAbsent().on(2).finalAbsent();
        assertThat(gone.judged().violations()).anySatisfy(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.SESSION_LOST);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
        });
    }
}
