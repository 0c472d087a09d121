package dev.midwrite.check.judge;

import dev.midwrite.check.MinimalTraffic;
import dev.midwrite.check.Trial;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many operations there were and how many of them were answered: by kind, and by node before, during and after the
 * faults. What the drill itself kept from being answered counts as neither asked nor answered; nor does what was never sent.
 */
final class Census {
    private static final OperationKind[] KINDS = OperationKind.values();
    /** Of fewer attempts, none that succeeds is bad luck. */
    private static final long SOME = 20;
    /** Nanoseconds; in a shorter time before, during or after the faults there may be little traffic. */
    private static final long SHORT = 2_000_000_000L;

    private static final int BEFORE = 0;
    private static final int DURING = 1;
    private static final int AFTER = 2;
    private static final String[] PHASES = {" before the faults", " during the faults", " after the faults"};

    private final Trial trial;
    private final Outages outages;
    private final long faultsFrom;
    private final long faultsTo;
    private final Counts[] kinds = new Counts[KINDS.length];
    private final Counts[][] nodes;
    /** By phase, what the drill kept from being answered: it was asked, so it is traffic. */
    private final long[] kept = new long[PHASES.length];

    private long operations;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Of one cell. */
    private static final class Counts {
        private long asked;
        private long answered;

        void add(boolean answer) {
            asked++;
            answered += answer ? 1 : 0;
        }
    }

    private Census(Trial trial) {
        this.trial = trial;
        this.outages = new Outages(trial);
        this.faultsFrom =
                trial.faults().stream().mapToLong(Trial.Fault::from).min().orElse(Long.MAX_VALUE);
        this.faultsTo = trial.faults().isEmpty() ? Long.MAX_VALUE : trial.healedAt();
        this.nodes = new Counts[trial.nodes().size()][PHASES.length];
        for (int kind = 0; kind < kinds.length; kind++) {
            kinds[kind] = new Counts();
        }
        for (Counts[] phases : nodes) {
            for (int phase = 0; phase < phases.length; phase++) {
                phases[phase] = new Counts();
            }
        }
    }

    static Census of(Trial trial, Iterable<UserOperation> operations) {
        Census census = new Census(trial);
        if (census.outages.any()) {
            operations.forEach(census.outages::observe);
        }
        operations.forEach(census::count);
        return census;
    }

    private void count(UserOperation operation) {
        if (operation.is(UserOperation.JOURNALED)) {
            return; // The request that it is about is counted.
        }
        operations++;
        first = Math.min(first, operation.invoked());
        last = Math.max(last, operation.invoked());
        int phase = phase(operation.invoked());
        // That the application has no such session is an answer, too.
        boolean answered = operation.outcome() == Outcome.OK || operation.is(UserOperation.ABSENT);
        // A final read is repeated until its time is over: what nobody can read would outnumber all that was read.
        if (!answered && operation.is(UserOperation.FINAL) && operation.attempt() > 1) {
            return;
        }
        boolean unsent = operation.outcome() == Outcome.FAIL && operation.node() == 0 && !answered;
        if (!answered && (unsent ? outages.at(operation.invoked()) : outages.explain(operation))) {
            kept[phase]++;
        } else if (!unsent) {
            kinds[operation.kind().code()].add(answered);
            nodes[operation.node() < nodes.length ? operation.node() : 0][phase].add(answered);
        }
    }

    private int phase(long at) {
        if (at < faultsFrom) {
            return BEFORE;
        }
        return at < faultsTo ? DURING : AFTER;
    }

    /** Kinds that were tried often enough and never succeeded, in words. */
    List<String> neverSucceeded() {
        return none(SOME, Long.MAX_VALUE);
    }

    /** Kinds that never succeeded, and were tried so rarely that bad luck explains it, in words. */
    List<String> unlucky() {
        return none(1, SOME - 1);
    }

    private List<String> none(long least, long most) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < KINDS.length; i++) {
            long asked = kinds[i].asked;
            if (asked >= least && asked <= most && kinds[i].answered == 0) {
                sentences.add(
                        asked == 1
                                ? "The only operation of the kind " + KINDS[i] + " did not succeed."
                                : "None of " + asked + " operations of the kind " + KINDS[i] + " succeeded.");
            }
        }
        return sentences;
    }

    /** Where too little was answered to say anything, in words with the numbers. */
    List<String> thin() {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < KINDS.length; i++) {
            if (kinds[i].answered > 0 && thin(kinds[i])) {
                sentences.add("Only " + kinds[i].answered + " of " + kinds[i].asked + " operations of the kind "
                        + KINDS[i] + " were answered.");
            }
        }
        for (int phase = 0; phase < PHASES.length; phase++) {
            phase(phase, sentences);
        }
        for (int node = 1; node < nodes.length; node++) {
            long answered = 0;
            for (int phase = 0; phase < PHASES.length; phase++) {
                Counts counts = nodes[node][phase];
                answered += counts.answered;
                if (thin(counts)) {
                    sentences.add(trial.nodes().get(node) + " answered only " + counts.answered + " of " + counts.asked
                            + " requests" + words(phase) + ".");
                }
            }
            if (answered < minimum().answered() && !outages.of(node)) {
                sentences.add(trial.nodes().get(node) + " answered only " + answered
                        + " requests in the whole run; it takes " + minimum().answered() + ".");
            }
        }
        return sentences;
    }

    private void phase(int phase, List<String> sentences) {
        long answered = 0;
        for (Counts[] phases : nodes) {
            answered += phases[phase].answered;
        }
        if (length(phase) >= SHORT && answered + kept[phase] < minimum().answered()) {
            sentences.add("Only " + answered + (answered == 1 ? " request was" : " requests were") + " answered"
                    + words(phase) + ", in "
                    + String.format(Locale.ROOT, "%.1f s", length(phase) / 1e9) + "; it takes "
                    + minimum().answered()
                    + ".");
        }
    }

    /** Nanoseconds of it in which users did something. */
    private long length(int phase) {
        long from = phase == BEFORE ? first : phase == DURING ? Math.max(first, faultsFrom) : Math.max(first, faultsTo);
        long to = phase == BEFORE ? Math.min(last, faultsFrom) : phase == DURING ? Math.min(last, faultsTo) : last;
        return operations == 0 || from == Long.MAX_VALUE ? 0 : Math.max(0, to - from);
    }

    private String words(int phase) {
        return trial.faults().isEmpty() ? "" : PHASES[phase];
    }

    private boolean thin(Counts counts) {
        return counts.asked >= minimum().attempts()
                && counts.answered < minimum().share() * counts.asked;
    }

    private MinimalTraffic minimum() {
        return trial.minimalTraffic();
    }

    boolean isEmpty() {
        return operations == 0;
    }

    /** Whether any operation of this kind was ever answered. */
    boolean succeeded(OperationKind kind) {
        return kinds[kind.code()].answered > 0;
    }
}
