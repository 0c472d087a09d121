package dev.midwrite.controller.cli;

import dev.midwrite.controller.plan.InjectionArguments;
import dev.midwrite.controller.run.InjectionMessage;
import dev.midwrite.link.v1.InjectRequest;
import dev.midwrite.link.v1.InjectResponse;
import dev.midwrite.link.v1.LiftRequest;
import dev.midwrite.link.v1.NodeArmed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite inject}. */
@Command(
        name = "inject",
        description = "Arm a fault on the nodes of a running controller, in the words of a drill's 'inject'.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: midwrite inject --node node-1 fault=delay point=session.save delay=20ms for=30s",
            "With --dry-run, 'for' is how long to count: 10s if not given."
        })
final class InjectCommand implements Callable<Integer> {
    private static final Duration USUAL_COUNT = Duration.ofSeconds(10);
    /** It ends by itself, should this command not come to it. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerAddress controller;

    @Option(names = "--node", paramLabel = "NODE", defaultValue = "", description = "Only on this node.")
    private String node;

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "1", description = "Of the decisions.")
    private long seed;

    @Option(
            names = "--dry-run",
            description = "Inject nothing: count on the running nodes what would have been hit, and say so.")
    private boolean dryRun;

    @Parameters(paramLabel = "KEY=VALUE", arity = "1..*", description = "As in a drill; 'for' is 60s if not given.")
    private List<String> words;

    @Override
    public Integer call() throws InterruptedException {
        int id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        InjectionArguments arguments = InjectionArguments.read(id, words);
        if (dryRun) {
            return count(arguments);
        }
        InjectRequest request = InjectRequest.newBuilder()
                .setNode(node)
                .setInjection(InjectionMessage.of(arguments.injection(), seed, arguments.lasting()))
                .build();
        PrintWriter out = spec.commandLine().getOut();
        InjectResponse[] response = new InjectResponse[1];
        controller.call(operator -> response[0] = operator.inject(request));
        for (NodeArmed armed : response[0].getNodesList()) {
            out.println(armed.getNode() + ": " + answer(id, armed));
        }
        out.flush();
        boolean somewhere = response[0].getNodesList().stream()
                .anyMatch(armed -> armed.getArmed().getRefusal().isEmpty());
        return somewhere ? 0 : ExitCode.REFUSED;
    }

    private int count(InjectionArguments arguments) throws InterruptedException {
        int id = arguments.injection().id();
        boolean isTimed = words.stream().anyMatch(word -> word.startsWith("for="));
        Duration lasting = isTimed ? arguments.lasting() : USUAL_COUNT;
        InjectRequest request = InjectRequest.newBuilder()
                .setNode(node)
                .setDryRun(true)
                .setInjection(InjectionMessage.of(arguments.injection(), seed, lasting.plus(MARGIN)))
                .build();
        PrintWriter out = spec.commandLine().getOut();
        InjectResponse[] response = new InjectResponse[1];
        controller.call(operator -> response[0] = operator.inject(request));
        DryRunReport report = new DryRunReport(lasting);
        response[0].getNodesList().forEach(armed -> out.println(report.begin(armed)));
        out.flush();
        if (response[0].getNodesList().stream()
                .noneMatch(armed -> armed.getArmed().getCounting())) {
            return ExitCode.REFUSED;
        }
        Thread.sleep(lasting.toMillis());
        LiftRequest end =
                LiftRequest.newBuilder().setNode(node).setInjection(id).build();
        controller.call(operator ->
                operator.liftInjection(end).getLiftedList().forEach(lifted -> out.println(report.end(lifted))));
        out.flush();
        return 0;
    }

    private static String answer(int id, NodeArmed node) {
        if (!node.getArmed().getRefusal().isEmpty()) {
            return "refused: " + node.getArmed().getRefusal();
        }
        List<String> points = node.getArmed().getPointsList();
        List<String> elsewhere = node.getArmed().getImpossibleList();
        return "injection " + id + " armed, "
                + (points.isEmpty() ? "matches no point yet" : "matches " + String.join(", ", points))
                + (elsewhere.isEmpty() ? "" : "; not armed where it cannot be done: " + String.join("; ", elsewhere));
    }
}
