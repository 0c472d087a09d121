package dev.midwrite.check.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.AuditTrailCheck;
import dev.midwrite.check.fleet.AvailabilityCheck;
import dev.midwrite.check.fleet.BackpressureCheck;
import dev.midwrite.check.fleet.CookieCheck;
import dev.midwrite.check.fleet.DigestCheck;
import dev.midwrite.check.fleet.DrainCheck;
import dev.midwrite.check.fleet.LoginCheck;
import dev.midwrite.check.fleet.LogoutCheck;
import dev.midwrite.check.fleet.NodesCheck;
import dev.midwrite.check.fleet.OwnershipCheck;
import dev.midwrite.check.fleet.PrincipalCheck;
import dev.midwrite.check.fleet.ReplicationCheck;
import dev.midwrite.check.fleet.SavedBeforeAckCheck;
import dev.midwrite.check.fleet.StoreAuditCheck;
import dev.midwrite.check.fleet.WebSocketCheck;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.UserOperation;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes with one bug at a time under a sound session turn its property false and no other; sound nodes turn none. */
class FleetZooTest {
    private static final int SEEDS = 30;
    private static final Set<Property> OF_FLEETS = EnumSet.of(
            Property.SPLIT_BRAIN,
            Property.CONVERGENCE,
            Property.REPLICATION,
            Property.BACKPRESSURE,
            Property.WEBSOCKET,
            Property.AUDIT_TRAIL,
            Property.SAVED_BEFORE_ACK,
            Property.NODES,
            Property.DRAIN,
            Property.AVAILABILITY,
            Property.LOGIN,
            Property.LOGOUT,
            Property.COOKIE,
            Property.PRINCIPAL,
            Property.STORE_AUDIT);

    /** What all checks say of a sound session and the nodes under it; null if it wrote too seldom. */
    static Tally judge(int seed, FleetBug bug) {
        List<UserOperation> history = new SimulatedSession(seed, 0x2000 + seed, null).run(60);
        SimulatedFleet fleet = new SimulatedFleet(seed, history, bug);
        if (!fleet.ready()) {
            return null;
        }
        Tally tally = ZooTest.judge(history);
        Profile profile = Profile.STRONG;
        OwnershipCheck.check(fleet.session, fleet.holds(), SimulatedFleet.ERROR, profile, tally);
        ReplicationCheck.check(
                fleet.replicated(), OptionalLong.of(SimulatedFleet.BUDGET), SimulatedFleet.ERROR, profile, tally);
        BackpressureCheck.check(fleet.duringTheFault(), fleet.window(), profile, tally);
        WebSocketCheck.stream(fleet.socket().stream(), SimulatedFleet.ERROR, profile, tally);
        WebSocketCheck.close(fleet.socket().close(), SimulatedFleet.ERROR, profile, tally);
        AuditTrailCheck.check(fleet.session, fleet.writes, fleet.trails(), true, SimulatedFleet.ERROR, profile, tally);
        DigestCheck.check(fleet.session, fleet.live(), Set.of("node-1", "node-2"), fleet.digests(), 1, profile, tally);
        SavedBeforeAckCheck.check(fleet.writeSaves(), profile, tally);
        NodesCheck.check(trial(fleet), tally);
        DrainCheck.check(trial(fleet), fleet.duringTheRollout(), tally);
        LoginCheck.check(trial(fleet), List.of(fleet.visit()), tally);
        LogoutCheck.check(trial(fleet), List.of(fleet.logout()), tally);
        CookieCheck.check(trial(fleet), List.of(fleet.login()), tally);
        PrincipalCheck.check(trial(fleet), fleet.loggedIn(), tally);
        AvailabilityCheck.check(trial(fleet), List.of(fleet.requests()), tally);
        StoreAuditCheck.check(trial(fleet), tally);
        return tally;
    }

    private static Trial trial(SimulatedFleet fleet) {
        return Trial.of(Profile.STRONG)
                .nodes(List.of("unknown", "node-1", "node-2"))
                .idempotencyKeys(true)
                .settledAt(SimulatedFleet.SETTLED)
                .clockErrorNanos(SimulatedFleet.ERROR)
                .nodeEnds(2, fleet.ends())
                .outOfMemory(fleet.outOfMemory())
                .nodeStores(fleet.stores())
                .replacements(List.of(fleet.replacement()))
                .ttlNanos(SimulatedFleet.TTL)
                .store(fleet.store())
                .held(fleet.held())
                .build();
    }

    static Set<Anomaly> found(Tally tally) {
        return tally.violations().stream()
                .map(Violation::anomaly)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Anomaly.class)));
    }

    private static void othersAreTrue(Tally tally, int seed, Set<Property> wrong) {
        assertThat(tally.invalid()).as("seed %d", seed).isEmpty();
        for (Property property : Property.values()) {
            if (!wrong.contains(property)) {
                assertThat(tally.violated(property))
                        .as("seed %d, %s", seed, property)
                        .isZero();
                assertThat(tally.of(property).suppressed())
                        .as("seed %d, %s", seed, property)
                        .isZero();
            }
        }
        for (Property property : OF_FLEETS) {
            assertThat(tally.of(property).checked())
                    .as("seed %d, %s", seed, property)
                    .isPositive();
            assertThat(tally.of(property).inconclusive())
                    .as("seed %d, %s", seed, property)
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(FleetBug.class)
    void eachBugIsCalledByItsName(FleetBug bug) {
        int struck = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Tally tally = judge(seed, bug);
            if (tally == null) {
                continue;
            }
            struck++;
            assertThat(found(tally)).as("seed %d", seed).containsExactly(bug.called());
            othersAreTrue(tally, seed, EnumSet.of(bug.called().property()));
        }
        assertThat(struck).isGreaterThan(SEEDS / 2);
    }

    @Test
    void soundNodesRaiseNoAlarm() {
        for (int seed = 1; seed <= 20 * SEEDS; seed++) {
            Tally tally = judge(seed, null);
            if (tally != null) {
                othersAreTrue(tally, seed, Set.of());
            }
        }
    }
}
