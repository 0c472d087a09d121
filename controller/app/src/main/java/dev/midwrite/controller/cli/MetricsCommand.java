package dev.midwrite.controller.cli;

import dev.midwrite.controller.meter.MetricTable;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midwrite metrics}. */
@Command(
        name = "metrics",
        description = "List every metric that Prometheus gets, with its labels and its meaning.",
        mixinStandardHelpOptions = true)
final class MetricsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--markdown", description = "As the tables of docs/metrics.md.")
    private boolean markdown;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(markdown ? MetricTable.markdown(false) + "\n" + MetricTable.markdown(true) : MetricTable.text());
        out.flush();
    }
}
