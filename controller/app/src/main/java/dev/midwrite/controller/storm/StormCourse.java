package dev.midwrite.controller.storm;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.InvalidDrill;
import dev.midwrite.controller.plan.OtherCourse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Drills over the store, the nodes and the logins of another, whose timeline is a schedule and whose users are a profile's.
 *
 * @param drill which is put over
 * @param profile of the users
 */
record StormCourse(Drill drill, StormProfile profile) {
    private static final String APPEND_ONLY = "appendonly";

    /**
     * The text of such a drill.
     *
     * @param name of the drill
     * @param description one sentence
     */
    String text(String name, String description, long seed, Schedule schedule) {
        String routing = drill.scope() == Scope.CLUSTER ? "round-robin" : "sticky";
        String head = "name: " + quoted(name) + "\ndescription: " + quoted(description) + "\nseed: " + seed + "\n";
        String users = profile.users(drill.users().workloads())
                + (drill.nodes().balancer().isPresent() ? "" : "  routing: " + routing + "\n")
                + "  duration: " + StormStep.written(schedule.duration()) + "\n";
        return OtherCourse.over(
                drill, head + store() + "settle: 2s\n" + schedule.timeline() + users, "parallel", "logins-alone");
    }

    /** The same as a drill. */
    Drill of(String name, String description, long seed, Schedule schedule) {
        return DrillFile.parse(drill.file(), text(name, description, seed, schedule));
    }

    /** Whether a drill with this schedule can be run, by the rules that every drill is read with. */
    boolean possible(Schedule schedule) {
        try {
            of("storm", "Whether it can be run.", 1, schedule);
            return true;
        } catch (InvalidDrill e) {
            return false;
        }
    }

    /** A store of the drill's own keeps what it has acknowledged when it is killed: what it loses by design is no news. */
    boolean storeKeeps() {
        return redis() && !"no".equals(drill.store().own().config().getOrDefault(APPEND_ONLY, "yes"));
    }

    private boolean redis() {
        return drill.store().embedded()
                && !drill.store().jdbc()
                && !drill.store().memcached()
                && !drill.store().files();
    }

    private String store() {
        if (!redis()) {
            return "";
        }
        Map<String, String> config = new LinkedHashMap<>(drill.store().own().config());
        if (storeKeeps()) {
            config.put(APPEND_ONLY, "yes");
            config.put("appendfsync", "always");
        }
        if (profile.closesIdle()) {
            config.putIfAbsent("timeout", "2");
        }
        return config.isEmpty()
                ? ""
                : "store: {config: {"
                        + config.entrySet().stream()
                                .map(key -> quoted(key.getKey()) + ": " + quoted(key.getValue()))
                                .collect(Collectors.joining(", "))
                        + "}}\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
