package dev.midwrite.controller.curve;

import dev.midwrite.check.Replacement;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What all users met while a rollout replaced one node, from its removal until its successor served.
 *
 * @param attempts that began then, on any node
 * @param bad of these, that had no answer or were not answered well; that there is no such session is an answer
 * @param p99 of these, from the attempt to the answer, in nanoseconds; {@link UserOperation#NEVER} if so many had none
 */
public record ReplacementFigures(Replacement replacement, long attempts, long bad, long p99) {
    private static final double SHARE = 0.99;

    /** In order of time. */
    static List<ReplacementFigures> of(List<Replacement> replacements, List<UserOperation> operations) {
        if (replacements.isEmpty()) {
            return List.of(); // Most runs have millions of operations and no rollout.
        }
        List<UserOperation> sent = operations.stream()
                .filter(operation -> !operation.is(UserOperation.JOURNALED) && !operation.is(UserOperation.FINAL))
                .sorted(Comparator.comparingLong(UserOperation::invoked))
                .toList();
        List<ReplacementFigures> figures = new ArrayList<>();
        int from = 0;
        for (Replacement replacement : replacements.stream()
                .sorted(Comparator.comparingLong(Replacement::removedAt))
                .toList()) {
            while (from < sent.size() && sent.get(from).invoked() < replacement.removedAt()) {
                from++;
            }
            int to = from;
            while (to < sent.size() && sent.get(to).invoked() < replacement.readyAt()) {
                to++;
            }
            figures.add(of(replacement, sent.subList(from, to)));
        }
        return List.copyOf(figures);
    }

    private static ReplacementFigures of(Replacement replacement, List<UserOperation> during) {
        long bad = during.stream()
                .filter(operation -> operation.outcome() != Outcome.OK && !operation.is(UserOperation.ABSENT))
                .count();
        return new ReplacementFigures(replacement, during.size(), bad, Ranks.at(during, SHARE));
    }

    /** From the signal to the end of its process. */
    public long ending() {
        return replacement.endedAt() - replacement.terminatedAt();
    }

    /** From its removal until its successor served, or until it had ended where that served already. */
    public long whole() {
        return replacement.readyAt() - replacement.removedAt();
    }
}
