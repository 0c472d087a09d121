package dev.midwrite.controller.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midwrite incident}. */
@Command(
        name = "incident",
        description = "The named incidents: what they are, what to do, and whether a service stands them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {IncidentListCommand.class, IncidentShowCommand.class, IncidentRunCommand.class})
final class IncidentCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with an incident: list, show or run.");
    }
}
