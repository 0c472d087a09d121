package dev.midwrite.controller.history;

import dev.midwrite.check.Trial.Fault;
import dev.midwrite.check.Trial.Happening;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import java.util.Comparator;
import java.util.List;

/** Joins what the drill injected with what the nodes' journals say happened. */
final class Happenings {
    private Happenings() {}

    static List<Fault> faults(RunFacts facts, JournalIndex journals) {
        List<Entry> entries = journals.faults();
        return facts.course().faults().stream()
                .map(fault -> fault(fault, entries, journals))
                .sorted(Comparator.comparingLong(Fault::from))
                .toList();
    }

    private static Fault fault(FaultFacts fault, List<Entry> entries, JournalIndex journals) {
        List<Happening> happened = fault.injection() == 0
                ? List.of(new Happening(fault.node(), 0, fault.from(), 0, 0, 0, ""))
                : entries.stream()
                        .filter(entry -> entry.event().injection() == fault.injection()
                                && entry.node().equals(fault.node()))
                        .map(entry -> happening(entry, journals))
                        .sorted(Comparator.comparingLong(Happening::at))
                        .toList();
        // What a crash did, the agent could not count; what the journal does not hold, it may have counted.
        return new Fault(
                fault.injection(),
                fault.name(),
                fault.point(),
                fault.node(),
                fault.from(),
                fault.to(),
                Math.max(fault.matched(), happened.size()),
                Math.max(fault.applied(), happened.size()),
                happened,
                journals.heldBack(fault.node(), fault.injection()));
    }

    private static Happening happening(Entry entry, JournalIndex journals) {
        return new Happening(
                entry.node(),
                entry.event().seq(),
                entry.at(),
                entry.event().request(),
                entry.event().session(),
                entry.event().step(),
                journals.commandOf(entry));
    }
}
