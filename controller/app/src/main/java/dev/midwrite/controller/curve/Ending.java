package dev.midwrite.controller.curve;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.Comparator;

/**
 * How an attempt ended for its user, in a word or two, such as {@code ok}, {@code status 503}, {@code no answer}.
 *
 * @param status of HTTP, as far as the history knows it; 0 if it does not, or there was none
 */
public record Ending(Sort sort, int status) implements Comparable<Ending> {

    /** From good to bad. */
    public enum Sort {
        ANSWERED("ok"),
        /** The application did not know the session. */
        ABSENT("no session"),
        /** Who answered was not the application. */
        REJECTED("status"),
        /** It may have taken effect, or may still. */
        SILENT("no answer"),
        /** Nobody could be asked: it certainly took no effect. */
        UNSENT("not sent");

        private final String words;

        Sort(String words) {
            this.words = words;
        }
    }

    private static final Comparator<Ending> ORDER =
            Comparator.comparing(Ending::sort).thenComparingInt(Ending::status);

    static Ending of(UserOperation operation) {
        boolean ended = operation.kind().triesOldId();
        if (operation.is(UserOperation.ABSENT) && !ended) {
            return new Ending(Sort.ABSENT, 0);
        } else if (operation.outcome() == Outcome.OK || operation.is(UserOperation.ABSENT)) {
            // Only steps of a flow keep what the application's answer was.
            return new Ending(Sort.ANSWERED, operation.kind() == OperationKind.STEP ? (int) operation.value() : 0);
        } else if (operation.outcome() == Outcome.FAIL) {
            return new Ending(Sort.UNSENT, 0);
        }
        return operation.status() == 0 ? new Ending(Sort.SILENT, 0) : new Ending(Sort.REJECTED, operation.status());
    }

    public boolean good() {
        return sort == Sort.ANSWERED;
    }

    /** Whether it took effect is known. */
    public boolean certain() {
        return sort != Sort.SILENT && sort != Sort.REJECTED;
    }

    @Override
    public int compareTo(Ending other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return status == 0 ? sort.words : "status " + status;
    }
}
