package dev.midwrite.controller.cli;

import dev.midwrite.controller.attach.Doctor;
import dev.midwrite.controller.attach.Obstacle;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite doctor}. */
@Command(
        name = "doctor",
        description = "Say what stands in the way of attaching the agent to a JVM, and what to do about it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code: 0 if nothing does, 1 if something does."})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AgentOptions agent;

    @Parameters(
            paramLabel = "PID",
            arity = "0..1",
            description = "Number of its process; without it this machine is looked at, and JVMs are listed.")
    private Long pid;

    @Override
    public Integer call() {
        Doctor doctor = new Doctor(agent.request());
        List<Obstacle> found = new ArrayList<>(pid == null ? doctor.everywhere() : doctor.process(pid));
        found.sort(Comparator.comparing(Obstacle::isBlocking).reversed());
        PrintWriter out = spec.commandLine().getOut();
        found.forEach(
                obstacle -> out.println((obstacle.isBlocking() ? "in the way: " : "note: ") + obstacle.sentences()));
        boolean isFree = found.stream().noneMatch(Obstacle::isBlocking);
        if (pid != null && isFree) {
            out.println("Nothing stands in the way of attaching to process " + pid + ".");
        } else if (pid == null) {
            list(doctor.candidates(), out);
        }
        out.flush();
        return isFree ? 0 : 1;
    }

    private static void list(List<String> candidates, PrintWriter out) {
        if (candidates.isEmpty()) {
            out.println("No other JVM of this user can be seen.");
        } else {
            out.println("JVMs of this user that can be attached to:");
            candidates.forEach(out::println);
        }
    }
}
