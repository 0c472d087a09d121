package dev.midwrite.junit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;

/** The text of a drill file that says what annotations say; whether it can be run is for the reader of such files to say. */
final class DrillText {
    private DrillText() {}

    /** Everything but what is asked of the verdict. */
    static String of(String name, Drill drill, DrillTest test, List<Inject> injections) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("version", 1);
        whole.put("name", name);
        whole.put("seed", drill.seed());
        whole.put("profile", drill.profile());
        whole.put("scope", drill.scope());
        whole.put("store", store(drill));
        whole.put("nodes", nodes(drill));
        whole.put("users", users(drill, test));
        whole.put("settle", drill.settle());
        List<Object> steps = new ArrayList<>();
        injections.forEach(injection -> steps.add(step(injection)));
        String head = new Yaml().dump(whole);
        if (steps.isEmpty() && test.timeline().isBlank()) {
            return head;
        }
        return head + "timeline:\n" + (steps.isEmpty() ? "" : new Yaml().dump(steps))
                + test.timeline().stripIndent();
    }

    /** What is asked of the verdict: it stays when an incident takes the place of users and timeline. */
    static String asked(int trials, Optional<Require> required, Optional<Expect> expected) {
        Map<String, Object> asked = new LinkedHashMap<>();
        Map<String, Object> objectives = new LinkedHashMap<>();
        objectives.put("trials", trials);
        required.ifPresent(require -> {
            share(objectives, "score", require.score());
            share(objectives, "survival", require.survival());
            share(objectives, "success", require.success());
            text(objectives, "failover", require.failover());
            share(objectives, "correlation", require.correlation());
        });
        asked.put("objectives", objectives);
        expected.ifPresent(expect -> asked.put("expect", expect(expect)));
        return new Yaml().dump(asked);
    }

    private static Map<String, Object> store(Drill drill) {
        Map<String, Object> store = new LinkedHashMap<>();
        store.put("kind", drill.store());
        store.put("address", drill.address());
        text(store, "namespace", drill.namespace());
        return store;
    }

    private static Map<String, Object> nodes(Drill drill) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        nodes.put("count", drill.nodes());
        nodes.put("command", NodeCommand.of(drill));
        if (drill.environment().length > 0) {
            nodes.put("environment", environment(drill));
        }
        text(nodes, "ready", drill.ready());
        text(nodes, "ready-timeout", drill.readyTimeout());
        nodes.put("probe", drill.probe());
        text(nodes, "page", drill.page());
        return nodes;
    }

    private static Map<String, Object> environment(Drill drill) {
        Map<String, Object> environment = new LinkedHashMap<>();
        for (String variable : drill.environment()) {
            int equals = variable.indexOf('=');
            if (equals < 1) {
                throw new InvalidTest("'" + variable + "' in @Drill(environment) is not of the form NAME=value.");
            }
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    private static Map<String, Object> users(Drill drill, DrillTest test) {
        Map<String, Object> users = new LinkedHashMap<>();
        users.put("sessions", drill.sessions());
        text(users, "arrivals", drill.arrivals());
        text(users, "rate", drill.rate());
        users.put("workloads", Arrays.asList(drill.workloads()));
        users.put("routing", drill.routing());
        text(users, "timeout", drill.timeout());
        text(users, "ttl", drill.ttl());
        text(users, "session-header", drill.sessionHeader());
        text(users, "warmup", drill.warmup());
        users.put("duration", test.duration().isEmpty() ? drill.duration() : test.duration());
        return users;
    }

    private static Map<String, Object> step(Inject annotation) {
        Map<String, Object> inject = new LinkedHashMap<>();
        inject.put("fault", annotation.fault());
        text(inject, "point", annotation.point());
        text(inject, "edge", annotation.edge());
        number(inject, "step", annotation.step());
        text(inject, "command", annotation.command());
        flag(inject, "new", annotation.onlyNew());
        flag(inject, "dirty", annotation.onlyDirty());
        if (annotation.nodes().length > 0) {
            inject.put("nodes", Arrays.asList(annotation.nodes()));
        }
        text(inject, "sessions", annotation.sessions());
        text(inject, "probability", annotation.probability());
        number(inject, "every", annotation.every());
        number(inject, "after", annotation.after());
        number(inject, "at-most", annotation.atMost());
        text(inject, "delay", annotation.delay());
        text(inject, "lag", annotation.lag());
        text(inject, "offset", annotation.offset());
        text(inject, "bytes", annotation.bytes());
        text(inject, "rate", annotation.rate());
        text(inject, "share", annotation.share());
        text(inject, "error", annotation.error());
        text(inject, "for", annotation.lasting());
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("at", annotation.at());
        step.put("inject", inject);
        return step;
    }

    private static Map<String, Object> expect(Expect annotation) {
        Map<String, Object> expect = new LinkedHashMap<>();
        String usual = annotation.findings().length > 0 ? "fail" : "pass";
        expect.put(
                "verdict",
                annotation.verdict().isEmpty() ? usual : annotation.verdict().toLowerCase(Locale.ROOT));
        expect.put("findings", Arrays.asList(annotation.findings()));
        expect.put("also", Arrays.asList(annotation.also()));
        return expect;
    }

    private static void text(Map<String, Object> block, String key, String value) {
        if (!value.isEmpty()) {
            block.put(key, value);
        }
    }

    private static void number(Map<String, Object> block, String key, int value) {
        if (value != 0) {
            block.put(key, value);
        }
    }

    private static void share(Map<String, Object> block, String key, double value) {
        if (value >= 0) {
            block.put(key, value);
        }
    }

    private static void flag(Map<String, Object> block, String key, boolean value) {
        if (value) {
            block.put(key, true);
        }
    }
}
