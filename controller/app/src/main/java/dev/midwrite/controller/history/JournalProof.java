package dev.midwrite.controller.history;

import dev.midwrite.check.EffectEvidence;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the journals prove of operations that nobody answered. Linear.
 *
 * <p>That the store answered for a write is proved by one record: a command of the save that carries attributes, or the end
 * of a save in which the store was asked. A repository that hands a save to another thread ends it before that. That a node never got a request is proved only by a node
 * that has started once, was recording before the request left and until the end, has lost nothing, and has journaled
 * every request that it answered; and only while no user has seen the effect.
 */
final class JournalProof {
    private final JournalIndex journals;
    private final List<String> nodes;
    private final List<UserOperation> operations;

    private JournalProof(List<UserOperation> operations, JournalIndex journals, List<String> nodes) {
        this.operations = operations;
        this.journals = journals;
        this.nodes = nodes;
    }

    /** @param nodes names by number */
    static EffectEvidence of(List<UserOperation> operations, JournalIndex journals, List<String> nodes) {
        return new JournalProof(operations, journals, nodes).proved();
    }

    private EffectEvidence proved() {
        Set<Long> applied = new HashSet<>();
        Map<Long, Long> parents = new HashMap<>();
        for (UserOperation operation : operations) {
            if (operation.outcome() != Outcome.INFO || !carriesValue(operation.kind())) {
                continue;
            }
            for (Entry entry : journals.ofWrite(operation.value())) {
                if (stored(entry)) {
                    applied.add(operation.value());
                }
                if (operation.kind() == OperationKind.UPDATE
                        && Passage.set(entry)
                        && (entry.event().digest() == 0
                                || Passage.named(entry.event().digest()))) {
                    parents.put(operation.value(), entry.event().digest());
                }
            }
        }
        return new EffectEvidence(applied, parents, absent());
    }

    /** As {@link SaveRound} knows saves: one without a command, on a node that journals commands, stored nothing. */
    private boolean stored(Entry entry) {
        if (!Passage.saved(entry)) {
            return Passage.stored(entry);
        }
        EventRecord event = entry.event();
        List<Entry> edges =
                event.request() == 0 ? journals.savesOf(event.session()) : journals.ofRequest(event.request());
        boolean steps = journals.spans().stream()
                .anyMatch(span -> span.incarnation() == entry.incarnation() && span.saveSteps() > 0);
        return SaveRound.of(
                        edges.stream()
                                .filter(edge -> edge.incarnation() == entry.incarnation() && Passage.ofSave(edge))
                                .toList(),
                        steps)
                .stream()
                .anyMatch(round ->
                        round.begin() <= event.seq() && event.seq() <= round.end() && round.outcome() == Outcome.OK);
    }

    private Set<Long> absent() {
        Map<String, JournalSpan> witnesses = witnesses();
        Set<Long> absent = new HashSet<>();
        Set<Long> possible = new HashSet<>();
        for (UserOperation operation : operations) {
            if (operation.outcome() == Outcome.INFO) {
                JournalSpan witness = witnesses.get(node(operation));
                boolean never = witness != null
                        && witness.from() <= operation.invoked()
                        && !journaled(operation, witness.node());
                (never ? absent : possible).add(EffectEvidence.id(operation));
            }
        }
        // Attempts of one request share its id: one that arrived is enough.
        absent.removeAll(possible);
        absent.remove(0L);
        if (!absent.isEmpty()) {
            operations.forEach(operation -> seen(operation, absent));
        }
        return absent;
    }

    /** Journals from which absence proves something, by node. */
    private Map<String, JournalSpan> witnesses() {
        Map<String, List<JournalSpan>> starts = new HashMap<>();
        journals.spans()
                .forEach(span -> starts.computeIfAbsent(span.node(), node -> new ArrayList<>())
                        .add(span));
        Map<String, JournalSpan> witnesses = new HashMap<>();
        starts.forEach((node, spans) -> {
            if (spans.size() == 1 && spans.get(0).complete()) {
                witnesses.put(node, spans.get(0));
            }
        });
        Set<String> faithful = new HashSet<>();
        for (UserOperation operation : operations) {
            if (operation.outcome() == Outcome.OK && witnesses.containsKey(node(operation))) {
                faithful.add(node(operation));
                if (!journaled(operation, node(operation))) {
                    witnesses.remove(node(operation));
                }
            }
        }
        witnesses.keySet().retainAll(faithful);
        return witnesses;
    }

    private boolean journaled(UserOperation operation, String node) {
        return journals.ofRequest(operation.request()).stream()
                .anyMatch(entry -> entry.node().equals(node));
    }

    private String node(UserOperation operation) {
        return NodeNames.of(operation, nodes);
    }

    private static void seen(UserOperation operation, Set<Long> absent) {
        if (operation.outcome() != Outcome.OK) {
            return;
        }
        switch (operation.kind()) {
            case READ, READ_DOCUMENT, UPDATE -> {
                absent.remove(operation.value());
                absent.remove(operation.second());
            }
            default -> {
                // Has no value of a write.
            }
        }
        for (long shown : operation.payload()) {
            absent.remove(shown);
        }
    }

    private static boolean carriesValue(OperationKind kind) {
        return kind == OperationKind.WRITE || kind == OperationKind.WRITE_GROUP || kind == OperationKind.UPDATE;
    }
}
