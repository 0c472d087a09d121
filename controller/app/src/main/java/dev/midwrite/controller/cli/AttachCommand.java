package dev.midwrite.controller.cli;

import dev.midwrite.controller.attach.AgentWord;
import dev.midwrite.controller.attach.AgentWord.PointLine;
import dev.midwrite.controller.attach.Attachment;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite attach}. */
@Command(
        name = "attach",
        description = "Load the agent into a JVM that runs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "'midwrite doctor PID' says beforehand what stands in the way; 'midwrite detach PID' takes it back."
        })
final class AttachCommand implements Callable<Integer> {
    /** Classes in use are woven one after the other; a host has some tens of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Mixin
    private AgentOptions agent;

    @Parameters(paramLabel = "PID", description = "Number of its process.")
    private long pid;

    @Override
    public Integer call() throws InterruptedException {
        Attachment.Result result = new Attachment(agent.request(), PATIENCE).to(pid);
        PrintWriter err = spec.commandLine().getErr();
        result.notes().forEach(note -> err.println("note: " + note.sentences()));
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.println("attached to process " + pid + ": " + result.word().agent());
        boolean isWhole = tell(result.word(), out);
        out.flush();
        return isWhole ? 0 : ExitCode.BROKE;
    }

    /** False if it is not known yet what is woven. */
    static boolean tell(AgentWord word, PrintWriter out) {
        List<PointLine> points = word.points();
        if (points == null) {
            out.println("It still weaves the classes in use; 'midwrite nodes --points' shows what came of it.");
            return false;
        }
        points.stream()
                .filter(point -> !point.isWaiting())
                .forEach(point -> out.printf(
                        "  %-8s %-40s %s%n",
                        point.state(), point.name(), point.isWoven() ? point.classes() : point.reason()));
        long waiting = points.stream().filter(PointLine::isWaiting).count();
        out.println("  " + waiting + " of " + points.size() + " points wait for classes that are not loaded");
        return true;
    }
}
