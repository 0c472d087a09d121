package dev.midwrite.check.judge;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Property;
import dev.midwrite.check.Replacement;
import dev.midwrite.check.Severity;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.DrainCheck;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes cards of violations: what alike ones have in common is told once. */
public final class Explain {
    private static final int CARDS = 60;
    private static final int CARDS_BY_SIGNATURE = 20;
    private static final int SENTENCES = 3;
    /** Sockets and whoever waits for a process do not see its end in the same moment. */
    private static final long SEEN_APART = TimeUnit.SECONDS.toNanos(1);

    private final Trial trial;
    private final Journals journals;
    private final Siblings siblings;
    private final FaultTimes faults;

    public Explain(Trial trial, Journals journals, Siblings siblings) {
        this.trial = trial;
        this.journals = journals;
        this.siblings = siblings;
        this.faults = new FaultTimes(trial);
    }

    /** Most severe first; at most sixty, which stand for all. */
    List<AnomalyCard> cards(Tally tally) {
        Map<Signature, List<Violation>> alike = new LinkedHashMap<>();
        for (Violation violation : tally.violations()) {
            alike.computeIfAbsent(signature(violation), key -> new ArrayList<>())
                    .add(violation);
        }
        List<AnomalyCard> cards = new ArrayList<>();
        Set<Anomaly> told = EnumSet.noneOf(Anomaly.class);
        alike.forEach((signature, violations) -> {
            // What was counted but not kept is told with the first card of its anomaly.
            long unkept = told.add(signature.anomaly())
                    ? tally.of(signature.anomaly()).count()
                            - tally.of(signature.anomaly()).exemplars().size()
                    : 0;
            int shown = Math.min(CARDS_BY_SIGNATURE, violations.size());
            for (int i = 0; i < shown && cards.size() < CARDS; i++) {
                long more = i == 0 ? violations.size() - shown + unkept : 0;
                cards.add(card(
                        violations.get(i), "A-" + (cards.size() + 1), (int) Math.min(more, Integer.MAX_VALUE), tally));
            }
        });
        return List.copyOf(cards);
    }

    private record Signature(Severity severity, Anomaly anomaly, String fault, Set<Integer> nodes, boolean lasting) {}

    private Signature signature(Violation violation) {
        Set<Integer> nodes = new LinkedHashSet<>();
        violation.witness().forEach(operation -> nodes.add(operation.node()));
        return new Signature(
                violation.severity(), violation.anomaly(), faults.name(violation), nodes, violation.lasting());
    }

    private AnomalyCard card(Violation violation, String id, int similar, Tally tally) {
        return new AnomalyCard(
                id,
                violation,
                faults.when(violation),
                cause(violation),
                blast(violation, tally),
                certainty(violation),
                similar,
                siblings.of(violation));
    }

    private String cause(Violation violation) {
        if (violation.anomaly().property() == Property.NODES) {
            return causeOfNode(violation);
        }
        if (violation.anomaly().property() == Property.DRAIN) {
            return DrainCheck.cause(trial, violation);
        }
        if (violation.anomaly().property() == Property.WEBSOCKET) {
            return causeOfSocket(violation);
        }
        if (violation.anomaly().property() == Property.STORE_AUDIT) {
            return trial.store().sessions().stream()
                    .filter(stored -> stored.idHash() == violation.session())
                    .map(StoredSession::cause)
                    .filter(cause -> !cause.isEmpty())
                    .findFirst()
                    .orElse(
                            "The nodes' journals tell of no fault that struck this session, and of no save of it without an end.");
        }
        Set<String> sentences = new LinkedHashSet<>(ofStore(violation));
        journals.causesOf(violation).stream().limit(SENTENCES).forEach(sentences::add);
        for (UserOperation operation : violation.witness()) {
            if (sentences.size() < SENTENCES && operation.request() != 0) {
                journals.ofRequest(operation.request()).stream()
                        .limit(SENTENCES - sentences.size())
                        .forEach(sentences::add);
            }
        }
        if (sentences.isEmpty()) { // The journals tell a fault with step, command and record; this is what is left.
            faults.during(violation).ifPresent(sentences::add);
        }
        return sentences.isEmpty()
                ? "The nodes' journals say nothing about these requests."
                : String.join(" ", sentences);
    }

    /** What happened to the store itself while the witness came to be: between its last two operations, or in its only one. */
    private List<String> ofStore(Violation violation) {
        long[] begins = violation.witness().stream()
                .mapToLong(UserOperation::invoked)
                .sorted()
                .toArray();
        if (begins.length == 0) {
            return List.of();
        }
        long from = begins[Math.max(0, begins.length - 2)];
        long to = Math.max(violation.at(), begins[begins.length - 1]);
        return trial.storeEvents().stream()
                .filter(event -> event.to() >= from && event.from() <= to)
                .map(Trial.StoreEvent::what)
                .limit(SENTENCES - 1)
                .toList();
    }

    private String blast(Violation violation, Tally tally) {
        if (violation.anomaly().property() == Property.NODES) {
            return tally.of(violation.anomaly()).count() + " of " + trial.nodeStarts() + " starts of nodes "
                    + (violation.anomaly() == Anomaly.NODE_ENDED ? "ended so." : "show this.");
        }
        long hit = tally.of(violation.anomaly()).sessions();
        return hit + " of " + Math.max(hit, tally.sessions()) + " sessions show this.";
    }

    /** Journals know nothing of messages; which nodes had gone by then, the runner does. */
    private String causeOfSocket(Violation violation) {
        List<String> ended = trial.nodeEnds().stream()
                .filter(end -> end.at() <= violation.at())
                .map(NodeEnd::node)
                .distinct()
                .sorted()
                .toList();
        String nodes = ended.isEmpty()
                ? "No node had ended by then."
                : String.join(" and ", ended) + " had ended by then. The nodes' journals say nothing of messages.";
        boolean broke = violation.anomaly() == Anomaly.WRONG_CLOSE_CODE
                && violation.what().contains("code 1006");
        return broke
                ? "Code 1006 is what a client reports of a connection that broke without a close frame."
                        + killed(violation.at())
                : nodes;
    }

    /** Nodes that were killed in that moment, because their grace period was over. */
    private String killed(long at) {
        String nodes = trial.replacements().stream()
                .filter(replacement -> replacement.killed() && Math.abs(at - replacement.endedAt()) <= SEEN_APART)
                .map(Replacement::node)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
        return nodes.isEmpty() ? "" : " " + nodes + " had not ended when its grace period was over, and was killed.";
    }

    private String causeOfNode(Violation violation) {
        Stream<String> words = switch (violation.anomaly()) {
            case NO_EXTERNAL_STORE ->
                Stream.of("Sessions were found or changed, and nothing that the agent watches left the node: no"
                        + " command of a store, no file, no message to another node.");
            case NODE_OUT_OF_MEMORY ->
                trial.outOfMemory().stream()
                        .filter(node -> node.at() == violation.at())
                        .map(Trial.OutOfMemory::lastWords);
            default ->
                trial.nodeEnds().stream()
                        .filter(end -> end.at() == violation.at() && end.by() == NodeEnd.By.ITSELF)
                        .map(NodeEnd::lastWords);
        };
        return words.findFirst().orElse("");
    }

    private String certainty(Violation violation) {
        if (violation.anomaly().property() == Property.NODES) {
            return violation.anomaly() == Anomaly.NO_EXTERNAL_STORE
                    ? "Read from the node's own journal; no clock is involved."
                    : "Seen by the controller, which had started the process; no clock is involved.";
        }
        if (violation.anomaly().property() == Property.DRAIN) {
            return "Seen by the users' own connections, on their one clock, on which the controller replaced the node.";
        }
        if (violation.anomaly().property() == Property.WEBSOCKET) {
            return "Seen by the users' own connections, on their one clock.";
        }
        if (violation.anomaly().property() == Property.SAVED_BEFORE_ACK) {
            return "By the order of records in one node's journal; clocks of different nodes are not compared.";
        }
        if (violation.anomaly().property() == Property.STORE_AUDIT) {
            return "Read from the store itself after quiescence; no clock is involved.";
        }
        if (violation.anomaly().property() == Property.AVAILABILITY) {
            return "Answered with an error by a node that runs, after quiescence; no clock is involved.";
        }
        if (violation.witness().isEmpty() && !NodeClocks.decide(violation.anomaly())) {
            return "Read from what nodes and connections recorded; clocks of different nodes are not compared.";
        }
        boolean indeterminate = violation.witness().stream().anyMatch(operation -> operation.outcome() == Outcome.INFO);
        String outcome = indeterminate
                ? "one operation has an unknown outcome, but its effect was seen."
                : "no operation of unknown outcome is involved.";
        if (NodeClocks.decide(violation.anomaly())) {
            return "Apart by " + FaultTimes.time(violation.gapNanos()) + ", against a clock error of "
                    + FaultTimes.time(2 * trial.clockErrorNanos()) + "; " + outcome;
        }
        if (trial.usersClockErrorNanos() > 0) {
            return (violation.gapNanos() > 0
                            ? "Apart by " + FaultTimes.time(violation.gapNanos()) + " beyond"
                            : "Stands with")
                    + " a clock error of " + FaultTimes.time(2 * trial.usersClockErrorNanos())
                    + " between the users' hosts; node clocks do not matter; " + outcome;
        }
        return (violation.gapNanos() > 0 ? "Apart by " + FaultTimes.time(violation.gapNanos()) + " on" : "On")
                + " the users' one clock, so node clocks do not matter; " + outcome;
    }
}
