package dev.midwrite.controller.users;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.history.TraceIds;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.UsersSpec;
import java.util.Optional;

/**
 * What users need to know of a drill.
 *
 * @param seed decides what each user does; the same seed repeats the same plans under the same session labels
 * @param credentials of all users
 * @param traces that requests name; empty if they name none
 * @param homeOnly a session lives on one node, and final reads ask that node alone
 * @param oneSessionEach who logs in ends the session that his name has: nobody does while he may still have one
 */
public record UserSetting(
        UsersSpec users,
        long seed,
        ProbeAccess probe,
        boolean homeOnly,
        Credentials credentials,
        Optional<TraceIds> traces,
        boolean oneSessionEach) {

    /** Of users who need no credentials, and name no traces. */
    public UserSetting(UsersSpec users, long seed, ProbeAccess probe, boolean homeOnly) {
        this(users, seed, probe, homeOnly, Credentials.NONE, Optional.empty(), false);
    }

    public static UserSetting of(
            Drill drill,
            ProbeAccess probe,
            Credentials credentials,
            Optional<TraceIds> traces,
            boolean oneSessionEach) {
        // Behind a balancer no node can be asked by itself: it sends a session home.
        boolean homeOnly =
                drill.scope() == Scope.NODE && drill.nodes().balancer().isEmpty();
        return new UserSetting(drill.users(), drill.seed(), probe, homeOnly, credentials, traces, oneSessionEach);
    }
}
