package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes for pipelines, as they are shipped, with deployments that only leave a line in a file. */
@Tag("long")
class PipelineIT {
    private static final Path SHOP = CommandLineProcess.root().resolve("examples/shop");
    private static final Path RECIPES = CommandLineProcess.root().resolve("examples/pipeline");
    /** The one-line commands of the workflow's steps. */
    private static final Pattern RUN = Pattern.compile("^ +run: (.+)$", Pattern.MULTILINE);

    @TempDir
    private Path directory;

    private Path midwrite;

    @BeforeEach
    void service() throws IOException {
        // The drills name the shop's jar beside their own directory.
        Files.createSymbolicLink(directory.resolve("target"), SHOP.resolve("target"));
        Files.createDirectory(directory.resolve("drills"));
        midwrite = CommandLineProcess.program(CommandLineProcess.jdks().get(0), directory);
    }

    @Test
    void aBuildThatPassesIsDeployedAndOneThatLosesSessionsIsNot() throws Exception {
        Path steady = drill("steady");
        assertThat(gate(Map.of(), steady, "--require", "external-store")).isZero();
        assertThat(output())
                .containsPattern("(?m)^PASS  steady: .* Report: .*report.html$")
                .contains("gate: open; the build is deployed.");
        assertThat(deeds()).containsExactly("deployed");
        assertThat(directory.resolve("results/midwrite.xml")).content().contains("<testsuite");

        assertThat(gate(Map.of("VERIFY", "false"), steady)).isEqualTo(1);
        assertThat(output()).contains("gate: what is deployed did not stand its check; the deployment is taken back.");
        assertThat(deeds()).containsExactly("deployed", "deployed", "taken back");

        assertThat(gate(Map.of(), drill("silent-loss"))).isEqualTo(1);
        assertThat(output())
                .containsPattern("(?m)^FAIL  silent-loss: Acknowledged write lost.* Report: .*report.html$")
                .contains("gate: closed, exit code 1; nothing was deployed.");
        assertThat(deeds()).hasSize(3);
    }

    @Test
    void whoDoesNotSayHowADeploymentIsTakenBackDeploysNothing() throws Exception {
        assertThat(gate(Map.of("ROLLBACK", ""), drill("steady"))).isEqualTo(64);
        assertThat(output()).startsWith("usage: DEPLOY=...");
        assertThat(directory.resolve("deeds")).doesNotExist();
    }

    /** Its actions, and that it goes on to a roll back when a step fails, are GitHub's; its commands run here in their order. */
    @Test
    void theWorkflowsOwnCommandsRun() throws Exception {
        String workflow = Files.readString(RECIPES.resolve("github-workflow.yml"));
        List<String> commands =
                RUN.matcher(workflow).results().map(run -> run.group(1)).toList();
        assertThat(commands).hasSize(4);
        Map<String, String> environment = Map.of(
                "DRILL",
                drill("steady").toString(),
                "DEPLOY",
                script("deploy", "echo deployed >> deeds"),
                "VERIFY",
                script("verify", "exit 3"),
                "ROLLBACK",
                script("rollback", "echo taken back >> deeds"));
        assertThat(step(environment, commands.get(0).replace("./midwrite", "\"$MIDWRITE\"")))
                .as(output())
                .isZero();
        assertThat(directory.resolve("results/run/report.html")).exists();
        assertThat(directory.resolve("results/midwrite.xml")).exists();

        assertThat(step(environment, commands.get(1))).isZero();
        assertThat(step(environment, commands.get(2))).isEqualTo(3);
        assertThat(step(environment, commands.get(3))).isZero();
        assertThat(deeds()).containsExactly("deployed", "taken back");
    }

    /** As GitHub runs a step. */
    private int step(Map<String, String> environment, String command) throws Exception {
        return run(environment, List.of("bash", "-euo", "pipefail", "-c", command));
    }

    /** A program whose path holds no space, as that of {@code ./deploy.sh}. */
    private String script(String name, String command) throws IOException {
        Path script = Files.writeString(directory.resolve(name + ".sh"), "#!/bin/sh\n" + command + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return "./" + name + ".sh";
    }

    /** A shorter one of those that ship. */
    private Path drill(String name) throws IOException {
        String text = Files.readString(SHOP.resolve("drills/" + name + ".yaml"))
                .replace("sessions: 200", "sessions: 40")
                .replace("duration: 12s", "duration: 6s");
        return Files.writeString(directory.resolve("drills/" + name + ".yaml"), text);
    }

    private int gate(Map<String, String> environment, Path drill, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(RECIPES.resolve("gate.sh").toString(), drill.toString()));
        command.addAll(List.of(words));
        return run(environment, command);
    }

    private int run(Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile());
        Map<String, String> all = builder.environment();
        all.put("MIDWRITE", midwrite.toString());
        all.put("RESULTS", "results");
        all.put("DEPLOY", "echo deployed >> deeds");
        all.put("ROLLBACK", "echo taken back >> deeds");
        all.putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).as(output()).isTrue();
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output.log"));
    }

    private List<String> deeds() throws IOException {
        return Files.readAllLines(directory.resolve("deeds"));
    }
}
