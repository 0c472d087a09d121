package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.LogoutSpec;
import dev.midwrite.event.OperationKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A logout as the application has it, and what is asked for afterwards with the cookies of before.
 *
 * @param before the logout itself: the page that needs the login, and what leads to the logout
 * @param logout ends the login
 * @param again the page once more, with the cookies of before
 * @param every how many operations of a session lie before it
 * @param cookies that hold the login; if none are named, those that end with the browser
 */
record Departure(List<Call> before, Call logout, Call again, int every, Set<String> cookies) {

    /** Empty if the flow has none. */
    static Optional<Departure> of(FlowSpec flow) {
        return flow.logout().map(logout -> of(flow, logout));
    }

    private static Departure of(FlowSpec flow, LogoutSpec logout) {
        int first = flow.before().size() + flow.between().size() + flow.after().size();
        List<Call> steps = OwnCall.steps(flow, flow.ofLogout(), first);
        int last = steps.size() - 1;
        return new Departure(
                steps.subList(0, last),
                as(OperationKind.LOG_OUT, steps.get(last)),
                as(OperationKind.PROBE_LOGGED_OUT, steps.get(0)),
                logout.every(),
                logout.cookies());
    }

    private static Call as(OperationKind kind, Call step) {
        return new Call(kind, step.attribute(), step.last(), step.own());
    }
}
