package dev.midwrite.controller.cli;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.incident.Incident;
import dev.midwrite.controller.incident.IncidentCourse;
import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.report.ShellWord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite incident run}. */
@Command(
        name = "run",
        description = {
            "Put a service through an incident, and say whether it stands it.",
            "Takes store, nodes and logins from a drill, such as one that init has written, and leaves its own users and"
                    + " timeline aside for those of the incident."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "The exit code is the verdict's; 64 if the service has not the store that the incident needs."})
final class IncidentRunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "As midwrite incident list names it.")
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = InitCommand.FILE,
            description = "The drill; ${DEFAULT-VALUE} if not given.")
    private Path file;

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() throws InterruptedException {
        Incident incident = Incidents.shipped().named(name);
        Drill drill = options.seeded(IncidentCourse.over(incident, CourseLaunch.given(file)));
        String repeat = "./midwrite incident run " + name + " " + ShellWord.of(file);
        return new CourseLaunch(spec, options).run(drill, repeat, judged -> {
            if (happened(incident, judged.judgement())) {
                spec.commandLine().getOut().println("what to do  ./midwrite incident show " + name);
            }
        });
    }

    /** Something was found that the incident explains. */
    private static boolean happened(Incident incident, Judgement judgement) {
        return judgement.cards().stream()
                .map(AnomalyCard::violation)
                .map(Violation::anomaly)
                .anyMatch(found -> incident.explains().stream().anyMatch(each -> each.finding() == found));
    }
}
