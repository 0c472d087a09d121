package dev.midwrite.check.session;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the checks say about the session at hand. Not thread-safe. */
public final class Findings {
    /** So many of one anomaly of one attribute are described; the rest are counted. */
    private static final int DESCRIBED = 3;

    private static final BitSet NONE = new BitSet(0);

    private static final Comparator<Finding> TELLING_FIRST = Comparator.comparingInt(
                    (Finding finding) -> Finding.rank(finding.violation().anomaly()))
            .thenComparing(finding -> finding.violation().severity(), Comparator.reverseOrder());

    private final Terms terms;
    private final Tally tally;
    private final List<Finding> found = new ArrayList<>();
    private SessionHistory history;
    /** Why nothing in this session can be trusted; empty if all can. */
    private String broken = "";

    private BitSet brokenOf = NONE;
    private String brokenOfThese = "";

    Findings(Terms terms, Tally tally) {
        this.terms = terms;
        this.tally = tally;
    }

    void begin(SessionHistory session) {
        history = session;
        found.clear();
        broken = "";
        brokenOf = NONE;
    }

    public Terms terms() {
        return terms;
    }

    /** So many more items were decided, true or false. */
    public void checked(Property property, long items) {
        tally.checked(property, items);
    }

    /** So many items could not be decided. */
    public void inconclusive(Property property, long items, String reason) {
        tally.inconclusive(property, items, reason);
    }

    /** The session's replicas were compared. */
    public void compared(boolean drifted) {
        tally.compared(drifted);
    }

    /** By how much the later of two operations began after the earlier one had ended; 0 if they overlap. */
    public long apart(int one, int other) {
        return Math.max(
                0,
                Math.max(
                        history.invoked(one) - history.returned(other),
                        history.invoked(other) - history.returned(one)));
    }

    /** An assumption is broken on which everything in this session rests; other sessions stand. */
    void invalid(String sentence) {
        tally.invalid(sentence);
        broken = sentence;
    }

    /** An assumption is broken on which what is said of these attributes of this session rests. */
    void invalid(String sentence, BitSet attributes) {
        tally.invalid(sentence);
        brokenOf = attributes;
        brokenOfThese = sentence;
    }

    /** Why a finding cannot be trusted; empty if it can. */
    private String doubt(Finding finding) {
        if (!broken.isEmpty()) {
            return broken;
        }
        int attribute = finding.violation().attribute();
        return attribute >= 0 && brokenOf.get(attribute) ? brokenOfThese : "";
    }

    /**
     * Something that cannot be.
     *
     * @param attribute -1 where none is concerned
     * @param gapNanos by how much the operations are apart
     * @param lasting still so in the final reads
     * @param what one sentence, made only if it will be shown
     * @param why one sentence
     * @param rows at most four operations; -1 and repetitions are left out
     */
    public void add(
            Anomaly anomaly,
            int attribute,
            long gapNanos,
            boolean lasting,
            Supplier<String> what,
            Supplier<String> why,
            int... rows) {
        int[] distinct = distinct(rows);
        Severity severity =
                Severities.of(anomaly, terms.profile(), lasting, sameNode(distinct), terms.idempotencyKeys());
        int same = 0;
        Finding alike = null;
        for (Finding finding : found) {
            Violation violation = finding.violation();
            if (violation.anomaly() == anomaly && violation.attribute() == attribute) {
                same++;
                alike = violation.severity() == severity && violation.lasting() == lasting ? finding : alike;
            }
        }
        if (same >= DESCRIBED && alike != null) {
            alike.times()[0]++;
            return;
        }
        List<UserOperation> witness =
                Arrays.stream(distinct).mapToObj(history::operation).toList();
        Violation violation = new Violation(
                anomaly,
                severity,
                history.session(),
                attribute,
                witness,
                what.get(),
                why.get(),
                visibleAt(distinct),
                Math.max(0, gapNanos),
                lasting);
        found.add(new Finding(violation, new long[] {1}));
    }

    /**
     * Ends the session: what rests on something broken is undecided, what another finding explains is suppressed, the
     * rest counts.
     *
     * @return whether there was anything that counts
     */
    boolean finish() {
        withdraw();
        if (found.isEmpty()) {
            return false;
        }
        found.sort(TELLING_FIRST);
        List<Finding> shown = new ArrayList<>();
        for (Finding finding : found) {
            if (shown.stream().anyMatch(other -> other.explains(finding))) {
                tally.suppressed(finding.violation().anomaly(), finding.times()[0]);
            } else {
                shown.add(finding);
                tally.violated(finding.violation(), finding.times()[0]);
            }
        }
        tally.sessionViolated(shown.stream()
                .map(finding -> finding.violation().anomaly())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Anomaly.class))));
        found.clear();
        return true;
    }

    private void withdraw() {
        if (broken.isEmpty() && brokenOf.isEmpty()) {
            return;
        }
        found.removeIf(finding -> {
            String doubt = doubt(finding);
            if (!doubt.isEmpty()) {
                tally.inconclusive(finding.violation().anomaly().property(), finding.times()[0], doubt);
            }
            return !doubt.isEmpty();
        });
    }

    private static int[] distinct(int[] rows) {
        return Arrays.stream(rows).filter(row -> row >= 0).distinct().toArray();
    }

    private boolean sameNode(int[] rows) {
        int node = 0;
        for (int row : rows) {
            int other = history.node(row);
            if (other == 0 || (node != 0 && node != other)) {
                return false;
            }
            node = other;
        }
        return true;
    }

    private long visibleAt(int[] rows) {
        long at = 0;
        for (int row : rows) {
            long end = history.returned(row);
            at = Math.max(at, end == UserOperation.NEVER ? history.invoked(row) : end);
        }
        return at;
    }
}
