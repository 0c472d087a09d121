package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code at}, {@code when} and {@code within} of a step. */
final class MomentReader {
    static final Set<String> KEYS = Set.of("at", "when", "within", "optional");
    static final String ALL_UP = "all-up";
    static final Map<String, Boolean> STATES = Map.of("up", true, "down", false);

    private MomentReader() {}

    /**
     * Reads one.
     *
     * @param before {@code at} of the step before: what only waits is due then at the earliest
     * @param users null if the drill has none, which is complained about elsewhere
     */
    static Moment read(Section entry, Duration before, List<String> nodes, UsersSpec users) {
        if (!entry.has("when")) {
            entry.need("at");
        }
        Duration at = entry.duration("at", entry.has("when") ? before : Duration.ZERO);
        boolean late = users != null && at.compareTo(users.duration()) > 0;
        if (late) {
            entry.complain(
                    "at",
                    "this is after the end of the users' duration of " + TimelineReader.written(users.duration()));
        }
        Duration rest = users == null || late ? Duration.ZERO : users.duration().minus(at);
        for (String key : new String[] {"within", "optional"}) {
            if (entry.has(key) && !entry.has("when")) {
                entry.complain(key, "'" + key + "' is for a step with 'when'");
            }
        }
        Duration within = entry.duration("within", rest);
        if (!rest.isZero() && within.compareTo(rest) > 0) {
            entry.complain(
                    "within", "this is longer than the " + TimelineReader.written(rest) + " that users still run");
        }
        int line = entry.mark().getLine() + 1;
        return entry.has("when")
                ? new Moment(at, when(entry, nodes), within, entry.flag("optional"), line)
                : Moment.at(at, line);
    }

    private static Optional<Condition> when(Section entry, List<String> nodes) {
        if (!entry.has("when")) {
            return Optional.empty();
        }
        if (entry.is("when", ALL_UP)) {
            return Optional.of(new Condition.AllUp());
        }
        if (!entry.hasBlock("when")) {
            entry.complain("when", "'when' must be " + ALL_UP + " or a node and its state, such as {node-1: down}");
            return Optional.empty();
        }
        Section states = entry.section("when", Set.copyOf(nodes));
        Map<String, Boolean> up = new LinkedHashMap<>();
        for (String node : nodes) {
            if (states.has(node)) {
                up.put(node, states.choice(node, STATES, true));
            }
        }
        String words = up.entrySet().stream()
                .map(state -> state.getKey() + " is " + (state.getValue() ? "up" : "down"))
                .collect(Collectors.joining(" and "));
        return Optional.of(new Condition.States(words, up));
    }
}
