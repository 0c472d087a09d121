package dev.midwrite.bench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Prints what a dormant agent adds to one woven call, on each JDK of this machine. */
public final class DormantCost {

    private DormantCost() {}

    public static void main(String[] args) throws Exception {
        System.out.println("| JDK | without agent, ns | dormant agent, ns |");
        System.out.println("|---|---|---|");
        for (Path jdk : Surroundings.jdks()) {
            String without = score(jdk);
            String with = score(jdk, "-javaagent:" + Surroundings.agentJar());
            System.out.printf("| %s | %s | %s |%n", Surroundings.version(jdk), without, with);
        }
    }

    private static String score(Path jdk, String... jvmArguments) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(DormantCall.class.getName())
                .jvm(jdk.resolve("bin/java").toString())
                .jvmArgs(jvmArguments)
                .forks(3)
                .verbosity(org.openjdk.jmh.runner.options.VerboseMode.SILENT);
        Collection<RunResult> results = new Runner(options.build()).run();
        var result = results.iterator().next().getPrimaryResult();
        return String.format(Locale.ROOT, "%.2f ± %.2f", result.getScore(), result.getScoreError());
    }
}
