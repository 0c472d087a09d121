package dev.midwrite.controller.nodes;

import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.plan.NodesSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is run for a node: the drill's command line and environment with everything filled in. */
record NodeCommand(String node, NodesSpec spec, NodeSetting setting) {
    private static final String AGENT = "agent";

    /** Without the agent, a node is only started, stopped and used. */
    boolean hasAgent() {
        return Stream.concat(spec.command().stream(), spec.environment().values().stream())
                .anyMatch(text -> text.contains("{" + AGENT + "}"));
    }

    /** @throws dev.midwrite.controller.Problem if a placeholder is not known */
    List<String> words(int port) {
        Placeholders placeholders = placeholders(port);
        return spec.command().stream().map(placeholders::fill).toList();
    }

    /** @throws dev.midwrite.controller.Problem if a placeholder is not known */
    Map<String, String> environment(int port) {
        Placeholders placeholders = placeholders(port);
        Map<String, String> environment = new HashMap<>();
        if (hasAgent()) {
            environment.putAll(setting.environment(node));
            spec.points().ifPresent(file -> environment.put("MIDWRITE_POINTS", file.toString()));
        }
        spec.environment().forEach((key, value) -> environment.put(key, placeholders.fill(value)));
        return environment;
    }

    ProcessTree run(int port, Path log) throws IOException {
        List<String> words = words(port);
        Map<String, String> environment = environment(port);
        PrivateFiles.directory(log.getParent());
        if (hasAgent()) {
            PrivateFiles.directory(setting.journals(node));
            PrivateFiles.write(setting.tokenFile(), setting.token().text() + "\n");
        }
        PrivateFiles.directory(setting.temporary().resolve(node));
        return ProcessTree.start(words, environment, setting.workingDirectory(), log, setting.reaper());
    }

    private Placeholders placeholders(int port) {
        Map<String, String> values = new HashMap<>(setting.store());
        values.put("java", setting.java().toString());
        values.put(AGENT, hasAgent() ? setting.agent(node) : "");
        values.put("port", Integer.toString(port));
        values.put("node", node);
        values.put("tmp", setting.temporary().resolve(node).toString());
        return new Placeholders(values);
    }
}
