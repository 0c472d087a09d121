package dev.midwrite.controller.storm;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a storm is like: its users, how dense its steps are, and which ones it prefers. */
@SuppressWarnings("ImmutableEnumChecker") // Nobody changes these maps and sets: they are copies.
public enum StormProfile {
    /** Something of everything. */
    MIXED(new Traffic(40, "1/s", "1/s"), Extra.NONE, 3, 7, weights(4, 4, 2, 2, 1, 2, 1, 0)),
    /** Nodes and the store end one after the other, before those before are back. */
    RAPID(new Traffic(40, "1/s", "2/s"), Extra.NONE, 1, 2, weights(8, 2, 1, 3, 0, 2, 0, 0)),
    /** Each session holds 128 KiB. */
    HUGE(new Traffic(20, "30/m", "1/s"), new Extra(Set.of("large"), Set.of()), 3, 7, weights(4, 5, 1, 1, 1, 1, 2, 0)),
    /** The same sessions from the beginning to the end, over deployments and restarts. */
    LONG_LIVED(
            new Traffic(40, "", "1/s"),
            new Extra(Set.of(), Set.of("logout", "relogin", "rotate", "principal")),
            8,
            16,
            weights(3, 2, 1, 3, 2, 1, 1, 0)),
    /** Sessions come, change their ids and end all the time. */
    CHURN(
            new Traffic(20, "6/s", "2/s"),
            new Extra(Set.of("rotate", "relogin", "logout"), Set.of()),
            3,
            7,
            weights(4, 5, 2, 2, 1, 2, 1, 0)),
    /** Memory is short: of the nodes, and of the store, which rejects or evicts. */
    PRESSURE(
            new Traffic(60, "2/s", "1/s"), new Extra(Set.of("large"), Set.of()), 3, 7, weights(1, 2, 1, 1, 0, 0, 6, 2)),
    /** Users and connections do nothing for most of the time; a Redis closes what was idle for two seconds. */
    IDLE(new Traffic(60, "6/m", "10/m"), Extra.NONE, 5, 10, weights(3, 2, 1, 5, 1, 1, 0, 0));

    private final Traffic traffic;
    private final Extra extra;
    private final int leastGap;
    private final int mostGap;
    private final Map<StepKind, Integer> weights;

    /** As drills write it; {@code arrivals} may be empty. */
    private record Traffic(int sessions, String arrivals, String rate) {}

    /** Workloads beside the drill's own, and those of its own that are left out. */
    private record Extra(Set<String> with, Set<String> without) {
        private static final Extra NONE = new Extra(Set.of(), Set.of());
    }

    /** @param leastGap and {@code mostGap}: seconds from one step to the next */
    StormProfile(Traffic traffic, Extra extra, int leastGap, int mostGap, Map<StepKind, Integer> weights) {
        this.traffic = traffic;
        this.extra = extra;
        this.leastGap = leastGap;
        this.mostGap = mostGap;
        this.weights = weights;
    }

    /** In the order of {@link StepKind}; what loses by itself is rare wherever it is allowed. */
    private static Map<StepKind, Integer> weights(int... values) {
        Map<StepKind, Integer> weights = new EnumMap<>(StepKind.class);
        for (int i = 0; i < values.length; i++) {
            weights.put(StepKind.values()[i], values[i]);
        }
        weights.put(StepKind.LOSS, 2);
        return Map.copyOf(weights);
    }

    /** As on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int leastGapMillis() {
        return leastGap * 1000;
    }

    int mostGapMillis() {
        return mostGap * 1000;
    }

    /** How often such a step is drawn, relative to the others; 0 for never. */
    int weight(StepKind kind) {
        return weights.getOrDefault(kind, 0);
    }

    /** Whether the store closes connections that nobody uses. */
    boolean closesIdle() {
        return this == IDLE;
    }

    /** The block {@code users} of a drill, but for routing and duration. */
    String users(List<String> workloads) {
        Set<String> all = new TreeSet<>(workloads);
        all.addAll(extra.with());
        // What changes in place and is not saved tells no more than the rule by which a store saves.
        all.remove("mutate");
        all.removeAll(extra.without());
        if (all.isEmpty()) {
            all.add("register");
        }
        return """
                users:
                  sessions: %d
                %s  rate: %s
                  workloads: [%s]
                  timeout: 2s
                  retries: 1
                  warmup: 3s
                """.formatted(
                        traffic.sessions(),
                        traffic.arrivals().isEmpty() ? "" : "  arrivals: " + traffic.arrivals() + "\n",
                        traffic.rate(),
                        String.join(", ", all));
    }
}
