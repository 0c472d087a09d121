package dev.midwrite.controller.cli;

import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.controller.report.Columns;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midwrite incident list}. */
@Command(name = "list", description = "Name all incidents, one on a line.", mixinStandardHelpOptions = true)
final class IncidentListCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Columns.align(Incidents.shipped().all().stream()
                        .map(incident -> new String[] {incident.name(), incident.title()})
                        .toList())
                .forEach(out::println);
        out.flush();
    }
}
