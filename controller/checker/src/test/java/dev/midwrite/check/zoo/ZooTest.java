package dev.midwrite.check.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Checks;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.UserOperation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store with one bug at a time turns its property false and no other; a store without any turns none. */
class ZooTest {
    private static final int SEEDS = 60;
    /** Operations without a bug that must raise no alarm; the property raises it for long runs. */
    private static final long OPERATIONS = Long.getLong("midwrite.valid.operations", 2_000_000);

    static final Terms TERMS = Terms.of(trial());

    private static Trial trial() {
        return Trial.of(Profile.STRONG)
                .nodes(List.of("unknown", "node-1", "node-2"))
                .attributes(List.of(
                        "session",
                        "register a",
                        "register b",
                        "list",
                        "counter",
                        "group",
                        "document",
                        "object",
                        "large group",
                        "dispatched register"))
                .idempotencyKeys(true)
                .ttlNanos(SimulatedSession.TTL)
                .reaperGraceNanos(SimulatedSession.GRACE)
                .healedAt(SimulatedSession.SETTLED)
                .settledAt(SimulatedSession.SETTLED)
                .build();
    }

    private static SessionChecker checker() {
        return new SessionChecker(TERMS, Checks.ofSessions(), 50);
    }

    static Tally judge(List<UserOperation> operations) {
        return judge(checker(), operations);
    }

    /** @param error half-width of the users' clocks */
    private static Tally judge(List<UserOperation> operations, long error) {
        Terms terms = new Terms(
                TERMS.profile(),
                TERMS.scope(),
                TERMS.nodes(),
                TERMS.attributes(),
                TERMS.idempotencyKeys(),
                TERMS.ttlNanos(),
                TERMS.reaperGraceNanos(),
                TERMS.settledAt(),
                TERMS.clockErrorNanos(),
                error,
                TERMS.journaled());
        return judge(new SessionChecker(terms, Checks.ofSessions(), 50), operations);
    }

    private static Tally judge(SessionChecker checker, List<UserOperation> operations) {
        checker.begin(operations.get(0).session());
        operations.forEach(checker::accept);
        checker.finish();
        return checker.take();
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void eachBugIsCalledByItsName(Bug bug) {
        int struck = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimulatedSession session = new SimulatedSession(seed, 0x1000 + seed, bug);
            List<UserOperation> operations = session.run(60);
            if (!session.struck()) {
                continue;
            }
            struck++;
            Tally tally = judge(operations);
            Set<Anomaly> found = tally.violations().stream()
                    .map(Violation::anomaly)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Anomaly.class)));
            assertThat(found).as("seed %d", seed).isNotEmpty().isSubsetOf(bug.names());
            assertThat(tally.invalid()).as("seed %d", seed).isEmpty();
            Set<Property> properties =
                    bug.names().stream().map(Anomaly::property).collect(Collectors.toSet());
            for (Property property : Property.values()) {
                assertThat(tally.violated(property) == 0 || properties.contains(property))
                        .as("seed %d, %s", seed, property)
                        .isTrue();
            }
            assertThat(tally.violations())
                    .allSatisfy(violation -> assertThat(violation.witness()).hasSizeBetween(1, 4));
        }
        assertThat(struck).as("sessions in which the bug struck").isGreaterThan(SEEDS / 10);
    }

    /** Users on several hosts: a bug may hide within their clocks' error, and nothing else comes of it. */
    @ParameterizedTest
    @EnumSource(Bug.class)
    void clockErrorHidesBugsAndMakesNone(Bug bug) {
        for (int seed = 1; seed <= SEEDS / 3; seed++) {
            List<UserOperation> operations = new SimulatedSession(seed, 0x1000 + seed, bug).run(60);
            Tally before = judge(operations);
            Tally exact = before;
            for (long error : new long[] {1, 5, 20, 1000, SimulatedSession.TTL / 4}) {
                Tally tally = judge(operations, error);
                for (Property property : Property.values()) {
                    String where = "seed " + seed + ", error " + error + ", " + property;
                    assertThat(wrong(before, property) || !wrong(tally, property))
                            .as(where)
                            .isTrue();
                    assertThat(!wrong(exact, property)
                                    || wrong(tally, property)
                                    || tally.of(property).inconclusive() > 0)
                            .as(where)
                            .isTrue();
                }
                assertThat(tally.invalid()).isEmpty();
                before = tally;
            }
        }
    }

    private static boolean wrong(Tally tally, Property property) {
        return tally.violated(property) > 0 || tally.of(property).suppressed() > 0;
    }

    @Test
    void validHistoriesRaiseNoAlarm() {
        SessionChecker checker = checker();
        long operations = 0;
        for (int seed = 1; operations < OPERATIONS; seed++) {
            List<UserOperation> history = new SimulatedSession(seed, seed, null).run(20 + seed % 200);
            operations += history.size();
            checker.begin(seed);
            history.forEach(checker::accept);
            assertThat(checker.finish()).as("seed %d", seed).isFalse();
        }
        Tally tally = checker.take();
        assertThat(tally.invalid()).isEmpty();
        for (Property property :
                Checks.ofSessions().stream().map(check -> check.property()).toList()) {
            assertThat(tally.of(property).checked()).as(property.label()).isPositive();
        }
    }
}
