package dev.midwrite.controller.probe;

import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.users.Credentials;
import dev.midwrite.controller.users.UserPopulation;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether users of a drill log in by the same names. Many applications bear that; one that lets a user have one session at
 * a time ends sessions for it, and nothing is lost then.
 *
 * @param nodes how many there are, each with its failover probes
 */
record SharedNames(UsersSpec users, Credentials credentials, int nodes) {
    private static final String NUMBER = "{user}";

    /** Whether users log in at all. */
    boolean named() {
        return !users.flow().before().isEmpty();
    }

    boolean shared() {
        FlowSpec flow = users.flow();
        return named()
                && credentials.rows() < needed()
                && flow.before().stream().flatMap(SharedNames::texts).noneMatch(text -> text.contains(NUMBER));
    }

    /** What stands in the way of the drill, if a second login by a name ends the first, or is rejected with these words. */
    String sentence(String rejected) {
        int lines = credentials.rows();
        return "The application lets a user have one session at a time: when the name of a session logs in again, "
                + (rejected.isEmpty() ? "that session ends." : "that is rejected. " + rejected)
                + " The drill's " + needed() + " users and failover probes have "
                + (lines == 1 ? "one name" : lines + " names")
                + ", so they would end or keep out each other; give them as many, in a file of credentials or by {user}"
                + " (docs/flows.md).";
    }

    private long needed() {
        return UserPopulation.most(users, nodes);
    }

    private static Stream<String> texts(FlowStep step) {
        return Stream.of(
                        List.of(step.path(), step.json()),
                        step.form().values(),
                        step.headers().values())
                .flatMap(Collection::stream);
    }
}
