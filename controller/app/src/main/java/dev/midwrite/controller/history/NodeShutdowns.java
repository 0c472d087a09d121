package dev.midwrite.controller.history;

import dev.midwrite.check.Replacement;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.controller.history.NodeShutdown.Flight;
import dev.midwrite.controller.history.NodeShutdown.Stretch;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts together how nodes ended that a rollout replaced, or an action stopped or restarted. Of a node that runs elsewhere nobody
 * knows when it was asked to, so nothing is said of its end.
 */
final class NodeShutdowns {
    private static final Set<String> ORDERLY = Set.of("stop", "restart");
    private static final int KILLED = 137;

    private final RunFacts facts;
    private final Map<Long, List<Entry>> endings;
    private final Map<Long, List<Entry>> saves;
    private final Map<Integer, List<UserOperation>> attempts;

    NodeShutdowns(RunFacts facts, JournalIndex journals, List<UserOperation> operations) {
        this.facts = facts;
        boolean any = orders().findAny().isPresent();
        this.endings = journals.shutdowns().stream().collect(Collectors.groupingBy(Entry::incarnation));
        this.saves = (any ? journals.saves() : Stream.<Entry>empty())
                .filter(entry -> entry.error() != Long.MAX_VALUE)
                .collect(Collectors.groupingBy(Entry::incarnation));
        this.attempts = (any ? operations.stream() : Stream.<UserOperation>empty())
                .filter(operation -> !operation.is(UserOperation.JOURNALED))
                .collect(Collectors.groupingBy(UserOperation::node));
    }

    /** In order of time. */
    List<NodeShutdown> all() {
        return orders().filter(order -> order.endedAt() > order.terminatedAt())
                .sorted(Comparator.comparingLong(Replacement::terminatedAt))
                .map(this::of)
                .toList();
    }

    private Stream<Replacement> orders() {
        Stream<Replacement> actions = facts.course().faults().stream()
                .filter(fault -> fault.injection() == 0 && ORDERLY.contains(fault.name()))
                .flatMap(action -> exits(action.node())
                        .filter(exit -> exit.code() != NodeEnd.UNKNOWN_CODE)
                        .filter(exit -> exit.asked() && exit.at() >= action.from() && exit.at() <= action.to())
                        .limit(1)
                        .map(exit -> new Replacement(
                                action.node(),
                                action.from(),
                                action.from(),
                                action.from(),
                                exit.at(),
                                exit.code() == KILLED,
                                action.to())));
        return Stream.concat(facts.fleet().nodeRuns().replacements().stream(), actions);
    }

    private Stream<ExitFacts> exits(String node) {
        return facts.fleet().nodeRuns().exits().stream()
                .filter(exit -> exit.node().equals(node));
    }

    private NodeShutdown of(Replacement order) {
        // The exit is noticed a moment before the rollout goes on.
        long incarnation = exits(order.node())
                .filter(exit -> exit.asked() && exit.at() >= order.terminatedAt() && exit.at() <= order.endedAt())
                .mapToLong(ExitFacts::incarnation)
                .findFirst()
                .orElse(0);
        List<Entry> ending = incarnation == 0 ? List.of() : endings.getOrDefault(incarnation, List.of());
        long error = ending.stream().mapToLong(Entry::error).max().orElse(0);
        // Of a journal that is not whole nobody knows what had ended.
        boolean comparable = error != Long.MAX_VALUE
                && facts.fleet().journals().stream()
                        .anyMatch(journal -> journal.incarnation() == incarnation && journal.complete());
        return new NodeShutdown(
                order,
                comparable ? stretches(after(ending, PointKind.SHUTDOWN_PHASE, order)) : List.of(),
                comparable ? stretches(after(ending, PointKind.SHUTDOWN_HOOK, order)) : List.of(),
                comparable
                        ? stretches(saves.getOrDefault(incarnation, List.of()).stream()
                                .filter(entry -> entry.at() - entry.error() >= order.terminatedAt()))
                        : List.of(),
                flights(order),
                comparable ? error : 0);
    }

    /** What was registered before is no run of a hook, and what ended before no phase of this end. */
    private static Stream<Entry> after(List<Entry> ending, PointKind kind, Replacement order) {
        return ending.stream()
                .filter(entry -> entry.kind() == kind && entry.at() >= order.terminatedAt() - entry.error());
    }

    /** Begins with their ends, by the passage that both belong to. */
    private static List<Stretch> stretches(Stream<Entry> entries) {
        Map<Long, Entry> begun = new LinkedHashMap<>();
        Map<Long, Entry> ended = new LinkedHashMap<>();
        entries.forEach(entry -> {
            if (entry.event().edge() == Edge.BEFORE) {
                begun.putIfAbsent(entry.event().scope(), entry);
            } else if (entry.event().edge() == Edge.AFTER) {
                ended.putIfAbsent(entry.event().scope(), entry);
            }
        });
        List<Stretch> stretches = new ArrayList<>();
        begun.forEach((scope, entry) -> {
            Entry end = ended.get(scope);
            boolean failed = end != null && Outcome.of(end.event().outcome()) == Outcome.FAIL;
            stretches.add(new Stretch(
                    name(entry),
                    entry.at(),
                    end == null ? NodeShutdown.NEVER : end.at(),
                    !failed ? "" : end.text().isEmpty() ? "an exception" : end.text()));
        });
        stretches.sort(Comparator.comparingLong(Stretch::from));
        return List.copyOf(stretches);
    }

    private static String name(Entry begin) {
        if (begin.event().type() != EventType.LIFECYCLE || begin.text().isEmpty()) {
            return begin.point();
        }
        return begin.kind() == PointKind.SHUTDOWN_HOOK ? begin.text() : begin.point() + " " + begin.text();
    }

    /** What was answered with an error was under way for a while that nobody knows, and is left out. */
    private List<Flight> flights(Replacement order) {
        int node = facts.fleet().nodes().indexOf(order.node());
        return attempts.getOrDefault(node, List.of()).stream()
                .filter(operation -> operation.invoked() <= order.endedAt()
                        && (operation.returned() == UserOperation.NEVER
                                ? operation.outcome() == Outcome.INFO
                                        && operation.status() == 0
                                        && operation.invoked() >= order.removedAt()
                                : operation.returned() >= order.removedAt()))
                .map(operation -> new Flight(
                        operation.invoked(),
                        operation.returned() == UserOperation.NEVER ? NodeShutdown.NEVER : operation.returned()))
                .toList();
    }
}
