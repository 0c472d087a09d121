package dev.midwrite.controller.cli;

import dev.midwrite.link.v1.LiftRequest;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite lift}. */
@Command(name = "lift", description = "End an injection, or all.", mixinStandardHelpOptions = true)
final class LiftCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerAddress controller;

    @Option(names = "--node", paramLabel = "NODE", defaultValue = "", description = "Only on this node.")
    private String node;

    @Parameters(
            paramLabel = "INJECTION",
            arity = "0..1",
            defaultValue = "0",
            description = "Number that 'midwrite inject' printed; all if none is given.")
    private int injection;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        LiftRequest request =
                LiftRequest.newBuilder().setNode(node).setInjection(injection).build();
        controller.call(operator ->
                operator.liftInjection(request).getNodesList().forEach(lifted -> out.println(lifted + ": lifted")));
        out.flush();
    }
}
