package dev.midwrite.controller.plan;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.event.RequestHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One drill, complete and validated.
 *
 * @param file where it was read from; commands of nodes run in its directory
 * @param text of the whole drill, as it was read: what the store keeps secret may stand in it
 * @param scope where the service lets a session be read
 * @param timeline in order of time
 * @param settle how long after the last step and the last user operation the final reads begin, at the least
 * @param checks what the checks must know of the application
 * @param traces of users' requests
 */
public record Drill(
        Path file,
        Secret text,
        String name,
        String description,
        long seed,
        Profile profile,
        Scope scope,
        StoreSpec store,
        NodesSpec nodes,
        UsersSpec users,
        List<Step> timeline,
        Duration settle,
        ChecksSpec checks,
        Objectives objectives,
        Expectation expect,
        TracesSpec traces) {

    /** What the names of nodes begin with that a rollout starts beside the drill's own. */
    public static final String SPARE = "surge-";

    /** Names of the nodes that rollouts start beside the drill's own, as many as any rollout has at a time. */
    public List<String> spares() {
        int most = timeline.stream()
                .mapToInt(step -> step instanceof Step.Rollout rollout
                        ? rollout.plan().extent().surge()
                        : 0)
                .max()
                .orElse(0);
        return IntStream.rangeClosed(1, most).mapToObj(i -> SPARE + i).toList();
    }

    /** All nodes that may run: the drill's own, and {@link #spares()}. */
    public List<String> everyNode() {
        return Stream.concat(nodes.names().stream(), spares().stream()).toList();
    }

    /** The same drill with other decisions and other users' plans. */
    public Drill withSeed(long otherSeed) {
        return new Drill(
                file,
                text,
                name,
                description,
                otherSeed,
                profile,
                scope,
                store,
                nodes,
                users,
                timeline,
                settle,
                checks,
                objectives,
                expect,
                traces);
    }

    /** The same with other checks. */
    public Drill withChecks(ChecksSpec other) {
        return new Drill(
                file,
                text,
                name,
                description,
                seed,
                profile,
                scope,
                store,
                nodes,
                users,
                timeline,
                settle,
                other,
                objectives,
                expect,
                traces);
    }

    /** Users of ours name a trace with each request; not where a flow names its own. */
    public boolean sendsTraces() {
        return traces.send() && users.foreign().isEmpty() && !users.flow().sets(RequestHeaders.TRACE);
    }
}
