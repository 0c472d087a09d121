package dev.midwrite.controller.run;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.JournalIndex;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Hands a history to the checks, and what the drill asks for to the gates. */
final class Verdicts {

    private Verdicts() {}

    static Judgement of(History history, Drill drill) {
        return Judge.judge(
                history.trial(),
                history.operations(),
                history.figures(drill.objectives()),
                request -> told(history.journals().ofRequest(request)));
    }

    /** Faults first: they are what a reader looks for. */
    private static List<String> told(List<JournalIndex.Entry> entries) {
        Stream<String> faults = entries.stream()
                .filter(entry -> entry.event().type() == EventType.FAULT)
                .map(entry -> entry.node() + ": "
                        + FaultKind.of(entry.event().outcome()).label() + " at " + entry.point()
                        + (entry.event().step() > 0 ? ", step " + entry.event().step() : "") + ", "
                        + record(entry));
        Stream<String> last = entries.stream()
                .filter(entry -> entry.event().type() == EventType.OPERATION)
                .max(Comparator.comparingLong(JournalIndex.Entry::at))
                .map(entry -> entry.node() + ": last journaled " + entry.point() + ", " + record(entry))
                .stream();
        return Stream.concat(faults, last).toList();
    }

    private static String record(JournalIndex.Entry entry) {
        return "record " + entry.event().seq();
    }
}
