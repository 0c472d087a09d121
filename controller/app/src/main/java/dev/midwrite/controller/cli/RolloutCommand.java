package dev.midwrite.controller.cli;

import dev.midwrite.link.v1.RolloutRequest;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite rollout}. */
@Command(
        name = "rollout",
        description = "Pause, resume or roll back the rollout of a drill that runs.",
        mixinStandardHelpOptions = true,
        footer = {"", "'midwrite drill run' says where its controller listens when a drill has a rollout."})
final class RolloutCommand implements Callable<Integer> {
    private static final Map<String, RolloutRequest.Wish> WISHES = Map.of(
            "pause", RolloutRequest.Wish.PAUSE,
            "resume", RolloutRequest.Wish.RESUME,
            "roll-back", RolloutRequest.Wish.ROLL_BACK);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerAddress controller;

    @Parameters(paramLabel = "WISH", description = "pause, resume or roll-back.")
    private String wish;

    @Override
    public Integer call() {
        RolloutRequest.Wish asked = WISHES.get(wish);
        if (asked == null) {
            throw new ParameterException(
                    spec.commandLine(), "A rollout can be told to pause, resume or roll-back, not to '" + wish + "'.");
        }
        PrintWriter out = spec.commandLine().getOut();
        controller.call(operator -> out.println(
                operator.rollout(RolloutRequest.newBuilder().setWish(asked).build())
                        .getAnswer()));
        out.flush();
        return 0;
    }
}
