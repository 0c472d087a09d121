package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.FlowSpec;
import java.util.List;
import java.util.Optional;

/**
 * A flow as requests.
 *
 * @param before a session is used, {@code between} its operations after every so many, and {@code after} all
 * @param departure of users now and then
 */
record Journey(List<Call> before, List<Call> between, int every, List<Call> after, Optional<Departure> departure) {

    static Journey of(FlowSpec flow) {
        int between = flow.before().size();
        return new Journey(
                OwnCall.steps(flow, flow.before(), 0),
                OwnCall.steps(flow, flow.between(), between),
                flow.every(),
                OwnCall.steps(flow, flow.after(), between + flow.between().size()),
                Departure.of(flow));
    }

    /** Only what is done before a session is used. */
    Journey arrival() {
        return new Journey(before, List.of(), 1, List.of(), Optional.empty());
    }
}
