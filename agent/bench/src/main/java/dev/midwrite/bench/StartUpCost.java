package dev.midwrite.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints wall time and peak memory of a trivial host: alone, with Midwrite, with Byteman; runs take turns. */
public final class StartUpCost {
    private static final int RUNS = 11;

    private StartUpCost() {}

    public static void main(String[] args) throws Exception {
        Map<String, List<String>> agents = new LinkedHashMap<>();
        agents.put("no agent", List.of());
        agents.put("Midwrite, dormant", List.of("-javaagent:" + Surroundings.agentJar()));
        agents.put("Byteman, no rules", List.of("-javaagent:" + Surroundings.jarOf("org.jboss.byteman.agent.Main")));

        System.out.println("| JDK | agent | wall, ms (median of " + RUNS + ") | peak memory, MiB |");
        System.out.println("|---|---|---|---|");
        for (Path jdk : Surroundings.jdks()) {
            Map<String, List<Run>> runs = new LinkedHashMap<>();
            for (int i = 0; i <= RUNS; i++) {
                for (var agent : agents.entrySet()) {
                    Run run = run(jdk, agent.getValue());
                    if (i > 0) { // The first round warms the file cache.
                        runs.computeIfAbsent(agent.getKey(), key -> new ArrayList<>())
                                .add(run);
                    }
                }
            }
            runs.forEach((agent, measured) -> System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.0f | %.0f |%n",
                    Surroundings.version(jdk),
                    agent,
                    median(measured.stream().mapToDouble(Run::millis).toArray()),
                    median(measured.stream().mapToDouble(Run::mebibytes).toArray())));
        }
    }

    private static Run run(Path jdk, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
        command.addAll(arguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TrivialHost.class.getName()));
        long start = System.nanoTime();
        Process host = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String last = "";
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last = line;
            }
        }
        if (host.waitFor() != 0) {
            throw new IOException("the host ended with exit code " + host.exitValue() + ": " + command);
        }
        return new Run((System.nanoTime() - start) / 1e6, Long.parseLong(last) / 1024.0);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private record Run(double millis, double mebibytes) {}
}
