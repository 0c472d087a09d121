package dev.midwrite.controller.storm;

import dev.midwrite.event.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A fault at operations of nodes, or at nodes.
 *
 * @param kind of the fault
 * @param keys of a drill's block {@code inject} but {@code fault}, {@code nodes} and {@code for}, in their order; times in
 *     milliseconds
 * @param nodes on which it is armed; one of them if it ends them
 * @param alone only while all nodes are up
 */
record FaultStep(
        Duration at, FaultKind kind, Map<String, String> keys, List<String> nodes, Duration lasting, boolean alone)
        implements StormStep {
    /** A delay is not halved below this. */
    private static final long LEAST_MILLIS = 100;

    FaultStep {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        nodes = List.copyOf(nodes);
    }

    @Override
    public FaultStep at(Duration other) {
        return new FaultStep(other, kind, keys, nodes, lasting, alone);
    }

    @Override
    public List<String> entries() {
        String more = keys.entrySet().stream()
                .map(key -> key.getKey() + ": " + key.getValue())
                .collect(Collectors.joining(", "));
        List<String> entries = new ArrayList<>();
        entries.add("{at: %s, %sinject: {fault: %s%s, nodes: [%s], for: %s}}"
                .formatted(
                        StormStep.written(at),
                        alone ? "when: " + ALL_UP + ", within: " + StormStep.written(LEAST) + ", optional: true, " : "",
                        kind.label(),
                        more.isEmpty() ? "" : ", " + more,
                        String.join(", ", nodes),
                        StormStep.written(lasting)));
        if (kind.halts()) {
            // It may strike in the last moment.
            nodes.forEach(node -> entries.add(StormStep.start(at, node, lasting.plus(LEAST.multipliedBy(2)))));
        }
        return entries;
    }

    @Override
    public List<StormStep> simpler() {
        List<StormStep> simpler = new ArrayList<>();
        for (String key : List.of("probability", "dirty", "peers")) {
            if (keys.containsKey(key)) {
                Map<String, String> fewer = new LinkedHashMap<>(keys);
                fewer.remove(key);
                simpler.add(new FaultStep(at, kind, fewer, nodes, lasting, alone));
            }
        }
        if (nodes.size() > 1) {
            nodes.forEach(node -> simpler.add(new FaultStep(at, kind, keys, List.of(node), lasting, alone)));
        }
        for (String key : List.of("delay", "lag")) {
            if (keys.containsKey(key) && millis(key) >= 2 * LEAST_MILLIS) {
                Map<String, String> shorter = new LinkedHashMap<>(keys);
                shorter.put(key, millis(key) / 2 + "ms");
                simpler.add(new FaultStep(at, kind, shorter, nodes, lasting, alone));
            }
        }
        if (!kind.halts() && lasting.compareTo(LEAST.multipliedBy(2)) >= 0) {
            simpler.add(new FaultStep(at, kind, keys, nodes, lasting.dividedBy(2), alone));
        }
        return simpler;
    }

    private long millis(String key) {
        return Long.parseLong(keys.get(key).replace("ms", ""));
    }

    @Override
    public boolean startsNodes() {
        return kind.halts();
    }

    @Override
    public String words() {
        String more = keys.entrySet().stream()
                .filter(key -> !key.getKey().equals("point"))
                .map(key -> key.getKey() + " " + key.getValue())
                .collect(Collectors.joining(", "));
        return kind.label() + (keys.containsKey("point") ? " at " + keys.get("point") : "")
                + (more.isEmpty() ? "" : " (" + more + ")") + " on " + String.join(" and ", nodes) + ", for "
                + StormStep.written(lasting);
    }
}
