package dev.midwrite.controller.report;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.history.NodeShutdown;
import dev.midwrite.controller.history.NodeShutdown.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a node ended, in sentences. */
public final class ShutdownWords {
    private static final int MOST_HOOKS = 4;

    private ShutdownWords() {}

    static String summary(NodeShutdown shutdown) {
        Replacement order = shutdown.order();
        List<String> sentences = new ArrayList<>();
        long before = order.terminatedAt() - order.removedAt();
        sentences.add("SIGTERM came " + (before == 0 ? "as" : Wording.duration(before) + " after")
                + " it was taken out of rotation, with "
                + Wording.count(shutdown.inFlight(order.terminatedAt()), "attempt") + " in flight; its process "
                + (order.killed() ? "was killed " : "ended ") + Wording.duration(order.endedAt() - order.terminatedAt())
                + " later, with " + Wording.count(shutdown.inFlight(order.endedAt() - 1)) + " in flight.");
        if (!shutdown.saves().isEmpty()) {
            sentences.add(Wording.count(shutdown.saves().size(), "session save") + " began after the signal.");
        }
        if (shutdown.hooks().size() > 1) {
            sentences.add("Its " + shutdown.hooks().size() + " shutdown hooks ran side by side, as hooks do: "
                    + shutdown.hooks().stream()
                            .sorted(Comparator.comparingLong(Stretch::to).reversed())
                            .limit(MOST_HOOKS)
                            .map(hook -> hook.name()
                                    + (hook.to() == NodeShutdown.NEVER
                                            ? " did not end"
                                            : " for " + Wording.duration(hook.to() - hook.from())))
                            .collect(Collectors.joining(", "))
                    + (shutdown.hooks().size() > MOST_HOOKS ? ", and others." : "."));
        }
        sentences.addAll(findings(shutdown));
        return String.join(" ", sentences);
    }

    /** What went wrong, as the node's own journal shows it; empty if nothing did. */
    public static List<String> findings(NodeShutdown shutdown) {
        Replacement order = shutdown.order();
        List<String> findings = new ArrayList<>();
        List<Stretch> failed = shutdown.saves().stream()
                .filter(save -> !save.error().isEmpty())
                .toList();
        if (!failed.isEmpty()) {
            findings.add(Wording.count(failed.size(), "session save") + " of " + order.node()
                    + " that began after SIGTERM failed, the first "
                    + Wording.duration(failed.get(0).from() - order.terminatedAt()) + " after it, with "
                    + failed.stream()
                            .map(save -> save.error().replace("\n", ", caused by "))
                            .distinct()
                            .collect(Collectors.joining("; "))
                    + "."
                    + before(shutdown, failed.get(0)));
        }
        long unfinished = shutdown.saves().stream()
                .filter(save -> save.to() == NodeShutdown.NEVER)
                .count();
        if (unfinished > 0) {
            findings.add(Wording.count(unfinished, "session save") + " of " + order.node()
                    + " that began after SIGTERM had not ended when its process did.");
        }
        if (order.killed()) {
            String phases = parts(shutdown)
                    .filter(phase -> phase.to() == NodeShutdown.NEVER)
                    .map(phase -> phase.name() + ", begun " + Wording.duration(phase.from() - order.terminatedAt())
                            + " after SIGTERM")
                    .collect(Collectors.joining("; "));
            findings.add("The grace period of " + order.node() + " was shorter than its end takes: it was killed "
                    + Wording.duration(order.endedAt() - order.terminatedAt()) + " after SIGTERM"
                    + (phases.isEmpty() ? "." : ", and these had not ended: " + phases + "."));
        }
        return findings;
    }

    /** What a save needed may have ended before it did. */
    private static String before(NodeShutdown shutdown, Stretch failed) {
        return parts(shutdown)
                .filter(part -> part.to() <= failed.to())
                .max(Comparator.comparingLong(Stretch::to))
                .map(part -> " The last to end before that was " + part.name() + ".")
                .orElse("");
    }

    private static Stream<Stretch> parts(NodeShutdown shutdown) {
        return Stream.concat(shutdown.hooks().stream(), shutdown.phases().stream());
    }
}
