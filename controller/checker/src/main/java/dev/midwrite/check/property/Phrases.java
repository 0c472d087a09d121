package dev.midwrite.check.property;

import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.UserOperation;
import java.util.Locale;

/** Words that findings share. */
final class Phrases {
    private Phrases() {}

    /** "the write of register a, acknowledged by node-1". */
    static String write(Terms terms, SessionHistory history, int row) {
        String name = "the " + verb(history, row) + " of " + terms.attribute(history.attribute(row));
        String node = terms.node(history.node(row));
        if (history.ok(row)) {
            return name + ", acknowledged by " + node;
        }
        return name + (history.info(row) ? ", of unknown outcome, sent to " : ", rejected by ") + node;
    }

    private static String verb(SessionHistory history, int row) {
        return switch (history.kind(row)) {
            case APPEND -> "append";
            case UPDATE -> "update";
            case INCREMENT -> "increment";
            case REMOVE -> "removal";
            case MUTATE -> "change";
            default -> "write";
        };
    }

    /** "a final read on node-2". */
    static String read(Terms terms, SessionHistory history, int row) {
        String name = switch (history.kind(row)) {
            case READ, READ_LIST, READ_GROUP, READ_DOCUMENT, READ_COUNTER, READ_MUTATED ->
                history.is(row, UserOperation.FINAL) ? "a final read" : "a read";
            case PROBE, PROBE_OLD_ID -> history.is(row, UserOperation.FINAL) ? "a final request" : "a request";
            default -> "a request";
        };
        return name + " on " + terms.node(history.node(row));
    }

    static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    /** "350 µs", "12.3 ms", "4.20 s". */
    static String time(long nanos) {
        double abs = Math.abs((double) nanos);
        if (abs < 1e6) {
            return String.format(Locale.ROOT, "%.0f µs", nanos / 1e3);
        }
        return abs < 1e9
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
