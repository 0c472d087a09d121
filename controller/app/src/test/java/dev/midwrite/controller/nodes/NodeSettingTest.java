package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Token;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeSettingTest {

    @Test
    void tellsTheAgentInOneArgument() {
        NodeSetting setting = setting("/a run", "/a b/agent.jar");
        assertThat(setting.agent("node-1"))
                .isEqualTo("-javaagent:/a b/agent.jar=node=node-1,controller=127.0.0.1:4711,"
                        + "journal=/a run/agents/node-1");
        assertThat(setting.environment("node-1")).isEqualTo(Map.of("MIDWRITE_TOKEN", "/a run/tmp/agent.token"));
    }

    @Test
    void tellsAPathWithACommaByTheEnvironment() {
        NodeSetting setting = setting("/a,b", "/agent.jar");
        assertThat(setting.agent("node-1")).isEqualTo("-javaagent:/agent.jar=node=node-1,controller=127.0.0.1:4711");
        assertThat(setting.environment("node-1"))
                .isEqualTo(Map.of("MIDWRITE_TOKEN", "/a,b/tmp/agent.token", "MIDWRITE_JOURNAL", "/a,b/agents/node-1"));
    }

    @Test
    void refusesAJarThatTheJvmCouldNotFind() {
        assertThatThrownBy(() -> setting("/run", "/a=b/agent.jar").agent("node-1"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("/a=b/agent.jar");
    }

    private static NodeSetting setting(String run, String jar) {
        Path directory = Path.of(run);
        return new NodeSetting(
                directory, directory, Path.of("java"), Path.of(jar), 4711, Token.random(), Map.of(), null, null);
    }
}
