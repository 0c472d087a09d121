package dev.midwrite.controller.history;

import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.check.Trial.OutOfMemory;
import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.controller.history.NodeRuns.MemoryFacts;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who ended nodes' processes. That a crash was armed excuses nothing: the process must have ended with the fault's own
 * status, and its journal must have announced it.
 */
final class NodeEnds {
    private final List<FaultFacts> faults;
    private final List<JournalFacts> received;
    private final JournalIndex journals;

    private NodeEnds(List<FaultFacts> faults, List<JournalFacts> received, JournalIndex journals) {
        this.faults = faults;
        this.received = received;
        this.journals = journals;
    }

    /** @param received what arrived of the journals */
    static List<NodeEnd> of(
            List<ExitFacts> exits, List<FaultFacts> faults, List<JournalFacts> received, JournalIndex journals) {
        NodeEnds ends = new NodeEnds(faults, received, journals);
        return exits.stream()
                .sorted(Comparator.comparingLong(ExitFacts::at))
                .map(exit -> new NodeEnd(exit.node(), exit.at(), exit.code(), ends.by(exit), exit.lastWords()))
                .toList();
    }

    /** Nodes whose memory ran out and that went on. */
    static List<OutOfMemory> outOfMemory(List<MemoryFacts> nodes, List<FaultFacts> faults) {
        return nodes.stream()
                .map(node -> new OutOfMemory(
                        node.node(), node.at(), "Its log says: " + node.error() + ".", filled(node.node(), faults)))
                .toList();
    }

    private static boolean filled(String node, List<FaultFacts> faults) {
        return faults.stream().anyMatch(fault -> fills(fault, node));
    }

    private static boolean fills(FaultFacts fault, String node) {
        return fault.name().equals(FaultKind.PRESSURE.label()) && fault.node().equals(node) && fault.applied() > 0;
    }

    private NodeEnd.By by(ExitFacts exit) {
        if (exit.asked()) {
            // A node that ends in order passes points, too, and a fault may halt it there.
            return halted(exit) && announced(exit) ? NodeEnd.By.FAULT : NodeEnd.By.ASKED;
        }
        if (exit.lastWords().contains("OutOfMemoryError")
                && faults.stream().anyMatch(fault -> fills(fault, exit.node()) && fault.from() <= exit.at())) {
            return NodeEnd.By.UNKNOWN; // Which of the two took the last of it, nobody knows.
        }
        if (exit.code() == NodeEnd.UNKNOWN_CODE) {
            return announced(exit) ? NodeEnd.By.FAULT : NodeEnd.By.UNKNOWN;
        }
        if (!halted(exit)) {
            return NodeEnd.By.ITSELF;
        }
        if (announced(exit)) {
            return NodeEnd.By.FAULT;
        }
        return complete(exit) ? NodeEnd.By.ITSELF : NodeEnd.By.UNKNOWN;
    }

    /** Whether it ended as one that a fault halts, where such a fault was armed. */
    private boolean halted(ExitFacts exit) {
        return exit.code() == FaultKind.HALT_STATUS && faults.stream().anyMatch(fault -> halts(fault, exit));
    }

    /** Whether this fault could have ended the process, whatever became of it. */
    private static boolean halts(FaultFacts fault, ExitFacts exit) {
        return fault.node().equals(exit.node())
                && fault.from() <= exit.at()
                && Stream.of(FaultKind.values())
                        .anyMatch(kind -> kind.halts() && kind.label().equals(fault.name()));
    }

    private boolean announced(ExitFacts exit) {
        return journals.faults().stream().anyMatch(entry -> announces(entry, exit));
    }

    private static boolean announces(JournalIndex.Entry entry, ExitFacts exit) {
        return entry.node().equals(exit.node())
                && entry.incarnation() == exit.incarnation()
                && entry.event().type() == EventType.FAULT
                && FaultKind.of(entry.event().outcome()).halts();
    }

    private boolean complete(ExitFacts exit) {
        return received.stream()
                .anyMatch(journal -> journal.node().equals(exit.node())
                        && journal.incarnation() == exit.incarnation()
                        && journal.complete());
    }
}
