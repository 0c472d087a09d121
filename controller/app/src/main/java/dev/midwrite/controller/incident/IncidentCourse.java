package dev.midwrite.controller.incident;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.OtherCourse;
import java.util.List;

/**
 * An incident on a service of the user's: store, nodes and logins of a drill, and what users do and what is broken of the
 * incident. In the course of a page {@code $first} and {@code $last} are nodes, and {@code $routing} is every node in turn,
 * but where sessions live on one node only.
 */
public final class IncidentCourse {
    private IncidentCourse() {}

    /** @throws Problem if the service has not what the incident needs */
    public static Drill over(Incident incident, Drill drill) {
        incident.needs().missing(drill).ifPresent(missing -> {
            throw new Problem("The incident " + incident.name() + " " + missing + ".");
        });
        List<String> nodes = drill.nodes().knownNames();
        String course = incident.course()
                .replace("$first", nodes.get(0))
                .replace("$last", nodes.get(nodes.size() - 1))
                .replace("$routing", drill.scope() == Scope.CLUSTER ? "round-robin" : "sticky");
        String head = "name: " + quoted(drill.name() + "-" + incident.name()) + "\ndescription: "
                + quoted(incident.title() + ".") + "\n";
        return DrillFile.parse(drill.file(), OtherCourse.over(drill, head + course, "timeout", "retries"))
                .withSeed(drill.seed());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
