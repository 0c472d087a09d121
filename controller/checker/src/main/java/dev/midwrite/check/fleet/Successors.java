package dev.midwrite.check.fleet;

import dev.midwrite.check.Replacement;
import dev.midwrite.check.Trial;
import dev.midwrite.event.UserOperation;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which node an attempt was sent to, where rollouts have put others in the places of nodes: by a node's number and by time. */
record Successors(Map<Integer, NavigableMap<Long, Replacement>> replacements) {

    static Successors of(Trial trial) {
        Map<Integer, NavigableMap<Long, Replacement>> replacements = new HashMap<>();
        for (Replacement replacement : trial.replacements()) {
            replacements
                    .computeIfAbsent(trial.nodes().indexOf(replacement.node()), node -> new TreeMap<>())
                    .put(replacement.removedAt(), replacement);
        }
        return new Successors(replacements);
    }

    /** The last replacement of the node that an attempt was sent to; empty if there was none, or the next had begun. */
    Optional<Replacement> before(UserOperation attempt) {
        return Optional.ofNullable(replacements.get(attempt.node()))
                .map(own -> own.floorEntry(attempt.invoked()))
                .map(Map.Entry::getValue)
                .filter(replacement -> replacement.readyAt() <= attempt.invoked());
    }
}
