package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the list {@code timeline}. */
final class TimelineReader {
    static final Set<String> KEYS =
            Set.of("at", "when", "within", "optional", "inject", "node", "action", "store", "for", "share", "rollout");
    static final Map<String, StoreAction> STORE_ACTIONS = DrillFile.labels(StoreAction.values());
    private static final Set<StoreAction> REPLICATED = Set.of(StoreAction.FAILOVER, StoreAction.LAG);
    static final Map<String, Step.Action> ACTIONS = DrillFile.labels(Step.Action.values());

    private static final int MOST_ROLLOUTS = 1000;

    private TimelineReader() {}

    static boolean injects(Section top) {
        // Complaints of this first look would come twice.
        return top.quietly().sections("timeline", "a step of the timeline", KEYS).stream()
                .anyMatch(entry -> entry.has("inject"));
    }

    /** @param store, {@code nodes} and {@code users}: null if the drill has none, which is complained about elsewhere */
    static List<Step> read(Section top, StoreSpec store, NodesSpec nodes, UsersSpec users) {
        List<Step> steps = new ArrayList<>();
        int injections = 0;
        Duration before = Duration.ZERO;
        boolean pods = nodes != null && nodes.kubernetes().isPresent();
        for (Section entry : top.sections("timeline", "a step of the timeline", KEYS)) {
            Moment moment = MomentReader.read(entry, before, conditions(nodes), users);
            Duration at = moment.at();
            before = at;
            Duration rest = users == null || at.compareTo(users.duration()) > 0
                    ? Duration.ZERO
                    : users.duration().minus(at);
            if (Stream.of("inject", "node", "store", "rollout")
                            .filter(entry::has)
                            .count()
                    != 1) {
                entry.complain("at", "a step of the timeline has one of 'inject', 'node', 'store' and 'rollout'");
                continue;
            }
            only(entry, "node", "action");
            only(entry, "store", "for", "share");
            if (entry.has("inject")) {
                Section inject = entry.section("inject", InjectionReader.KEYS);
                List<String> targets = targets(inject, nodes);
                Duration lasting = lasting(inject, rest);
                Map<String, String> addresses = nodes == null ? Map.of() : nodes.peers();
                steps.add(new Step.Inject(
                        moment, targets, InjectionReader.read(inject, ++injections, addresses), lasting));
            } else if (entry.has("rollout") && pods) {
                steps.add(KubernetesReader.rollout(entry, moment));
            } else if (entry.has("rollout")) {
                if (nodes != null && nodes.external().isPresent()) {
                    entry.complain(
                            "rollout",
                            "a rollout replaces nodes that the runner has started; for nodes in 'external' name the"
                                    + " action 'restart'");
                }
                Section rollout = entry.section("rollout", RolloutReader.KEYS);
                steps.add(new Step.Rollout(
                        moment, RolloutReader.read(rollout, nodes), (int) rollout.whole("times", 1, 1, MOST_ROLLOUTS)));
            } else if (entry.has("store")) {
                steps.add(store(entry, moment, rest, store));
            } else {
                entry.need("action");
                String node = entry.text("node", "");
                if (nodes != null && !nodes.called().contains(node)) {
                    entry.complain("node", unknown(node, nodes));
                }
                Step.Action action = entry.choice("action", ACTIONS, Step.Action.START);
                if (pods) {
                    steps.add(KubernetesReader.act(entry, moment, node, action));
                    continue;
                }
                if (entry.has("action") && nodes != null && nodes.names().contains(node)) {
                    possible(entry, node, action, nodes);
                }
                steps.add(new Step.Node(moment, node, action));
            }
        }
        steps.sort(Comparator.comparing(step -> step.moment().at()));
        return List.copyOf(steps);
    }

    /** What runs elsewhere does only what somebody has given a command for. */
    private static void possible(Section entry, String node, Step.Action action, NodesSpec nodes) {
        if (nodes.external().filter(there -> !there.can(node, action)).isPresent()) {
            String word = DrillFile.label(action);
            entry.complain(
                    "action",
                    "'" + word + "' of " + node + " needs a command: say in 'external' what does it, such as '" + word
                            + ": systemctl " + word + " " + node + "'"
                            + (action == Step.Action.RESTART ? ", or name 'stop' and 'start'" : ""));
        }
    }

    private static Step store(Section entry, Moment moment, Duration rest, StoreSpec store) {
        StoreAction action = entry.choice("store", STORE_ACTIONS, StoreAction.RESTART);
        if (store != null && store.grid()) {
            entry.complain("store", "a grid is where the nodes are: break those");
            return new Step.Store(moment, action, Duration.ZERO, 0);
        }
        if (store != null && !store.embedded()) {
            entry.complain("store", "only a store of the drill's own, with 'address: embedded', can be broken");
        }
        if (store != null && (store.jdbc() || store.files())) {
            entry.complain("store", "only a store of kind redis or memcached can be broken");
            return new Step.Store(moment, action, Duration.ZERO, 0);
        }
        if (store != null && store.memcached() && !StoreReader.OF_MEMCACHED.contains(action)) {
            entry.complain(
                    "store",
                    "a store of kind memcached can only be told to "
                            + StoreReader.OF_MEMCACHED.stream()
                                    .map(DrillFile::label)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        if (store != null && store.embedded()) {
            if (action == StoreAction.ISOLATE && store.own().sentinels() == 0) {
                entry.complain("store", "isolate needs 'sentinels' in the block 'store'");
            } else if (REPLICATED.contains(action) && store.own().replicas() == 0) {
                entry.complain("store", DrillFile.label(action) + " needs 'replicas' in the block 'store'");
            }
        }
        if (action == StoreAction.PAUSE) {
            if (!entry.has("for")) {
                entry.complain("store", "pause needs 'for'");
            }
        } else if (entry.has("for") && !action.lasts()) {
            entry.complain(
                    "for", "'for' is for " + lasting() + " and pause: " + DrillFile.label(action) + " does not last");
        }
        if (entry.has("share") && action != StoreAction.EVICT) {
            entry.complain("share", "'share' is for evict");
        }
        return new Step.Store(moment, action, lasting(entry, rest), entry.share("share", 0.5));
    }

    private static String lasting() {
        return Stream.of(StoreAction.values())
                .filter(StoreAction::lasts)
                .map(DrillFile::label)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Duration lasting(Section section, Duration rest) {
        Duration lasting = section.duration("for", rest);
        if (section.has("for") && !rest.isZero() && lasting.compareTo(rest) > 0) {
            section.complain("for", "this is longer than the " + written(rest) + " that users still run");
        }
        return lasting;
    }

    private static void only(Section entry, String kind, String... keys) {
        for (String key : keys) {
            if (entry.has(key) && !entry.has(kind)) {
                entry.complain(key, "'" + key + "' is for a step with '" + kind + "'");
            }
        }
    }

    /** What a step can wait for: which pod is the oldest changes when it goes down. */
    private static List<String> conditions(NodesSpec nodes) {
        if (nodes == null) {
            return List.of();
        }
        return nodes.kubernetes().isPresent() ? List.of(KubernetesSpec.ALL) : nodes.names();
    }

    private static List<String> targets(Section inject, NodesSpec nodes) {
        List<String> all = nodes == null ? List.of() : nodes.called();
        if (!inject.has("nodes")) {
            return nodes != null && nodes.kubernetes().isPresent() ? List.of(KubernetesSpec.ALL) : all;
        }
        return nodes == null ? List.of() : inject.names("nodes", "node", new HashSet<>(all));
    }

    private static String unknown(String node, NodesSpec nodes) {
        return "unknown node '" + node + "'" + Complaints.suggestion(node, new HashSet<>(nodes.called()));
    }

    /** As an author writes it. */
    static String written(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
