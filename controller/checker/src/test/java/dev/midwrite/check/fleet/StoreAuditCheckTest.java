package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.StoredSession;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreAuditCheckTest {
    private final Tally tally = new Tally(10);

    private static Trial trial(boolean audited, StoredSession... stored) {
        return Trial.of(Profile.EVENTUAL)
                .nodes(List.of("unknown", "node-1"))
                .settledAt(77)
                .stored(List.of(stored))
                .storeAudited(audited)
                .build();
    }

    private static StoredSession stored(long ttlMillis, String... missing) {
        return new StoredSession(0xAB, ttlMillis, List.of("creationTime"), List.of(missing), "");
    }

    private List<Anomaly> found() {
        return tally.violations().stream().map(Violation::anomaly).toList();
    }

    @Test
    void wholeSessionsThatWillExpire() {
        // A time to live of 0 is about to end: only "none" is for ever.
        StoreAuditCheck.check(trial(true, stored(1), stored(0)), tally);
        assertThat(found()).isEmpty();
        assertThat(tally.of(Property.STORE_AUDIT).checked()).isEqualTo(2);
    }

    @Test
    void anEmptyStoreWasAudited() {
        StoreAuditCheck.check(trial(true), tally);
        assertThat(tally.of(Property.STORE_AUDIT).checked()).isEqualTo(1);
    }

    @Test
    void withoutAnAuditNothingIsSaid() {
        StoreAuditCheck.check(trial(false, stored(-1, "maxInactiveInterval")), tally);
        assertThat(found()).isEmpty();
        assertThat(tally.of(Property.STORE_AUDIT).checked()).isZero();
    }

    @Test
    void sessionsThatStayForEver() {
        StoreAuditCheck.check(trial(true, stored(-1)), tally);
        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.IMMORTAL_SESSION);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.at()).isEqualTo(77);
            assertThat(violation.what()).contains("session ab for ever");
        });
    }

    @Test
    void sessionsWithoutMandatoryFields() {
        StoreAuditCheck.check(trial(true, stored(1000, "lastAccessedTime", "maxInactiveInterval")), tally);
        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.MISSING_FIELDS);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what()).endsWith("has no lastAccessedTime, no maxInactiveInterval.");
        });
    }

    @Test
    void bothAtOnce() {
        StoreAuditCheck.check(trial(true, stored(-1, "creationTime")), tally);
        assertThat(found()).containsExactlyInAnyOrder(Anomaly.IMMORTAL_SESSION, Anomaly.MISSING_FIELDS);
        assertThat(tally.unsound()).isEqualTo(1);
    }
}
