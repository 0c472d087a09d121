package dev.midwrite.controller.cli;

import dev.midwrite.link.v1.LiftRequest;
import dev.midwrite.link.v1.LiftResponse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite lift}. */
@Command(
        name = "lift",
        description = "End an injection, or all.",
        mixinStandardHelpOptions = true,
        footer = {"", "Without a controller: 'touch' the file that the agent's option kill-switch names."})
final class LiftCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerAddress controller;

    @Option(names = "--node", paramLabel = "NODE", defaultValue = "", description = "Only on this node.")
    private String node;

    @Option(
            names = "--all",
            description = "Whatever is armed, by whichever controller, and say which nodes have confirmed it.")
    private boolean all;

    @Parameters(
            paramLabel = "INJECTION",
            arity = "0..1",
            defaultValue = "0",
            description = "Number that 'midwrite inject' printed; all that this controller armed if none is given.")
    private int injection;

    @Override
    public Integer call() {
        if (all && injection != 0) {
            throw new ParameterException(
                    spec.commandLine(), "--all lifts injection " + injection + ", too; leave one out.");
        }
        PrintWriter out = spec.commandLine().getOut();
        LiftRequest request = LiftRequest.newBuilder()
                .setNode(node)
                .setInjection(injection)
                .setAll(all)
                .build();
        LiftResponse[] response = new LiftResponse[1];
        controller.call(operator -> response[0] = operator.liftInjection(request));
        response[0].getNodesList().forEach(lifted -> out.println(lifted + (all ? ": nothing is armed" : ": lifted")));
        response[0]
                .getSilentList()
                .forEach(silent -> out.println(silent
                        + ": does not answer; what is armed there ends 2 s after it last heard of the controller"));
        out.flush();
        return response[0].getSilentCount() == 0 ? 0 : ExitCode.BROKE;
    }
}
