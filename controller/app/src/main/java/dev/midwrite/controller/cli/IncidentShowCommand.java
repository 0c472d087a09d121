package dev.midwrite.controller.cli;

import dev.midwrite.controller.incident.Incidents;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite incident show}. */
@Command(
        name = "show",
        description = "Print an incident's page: its story, how it is recognised, and its runbook.",
        mixinStandardHelpOptions = true)
final class IncidentShowCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "As midwrite incident list names it.")
    private String name;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(Incidents.shipped().named(name).page());
        out.flush();
    }
}
