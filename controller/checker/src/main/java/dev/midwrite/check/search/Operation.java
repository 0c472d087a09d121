package dev.midwrite.check.search;

/**
 * One call and its interval. Only what took or may have taken effect is an operation: a failed call is none.
 *
 * @param process who called, for the witness: a number or a name
 * @param place line of the invocation in the file, from 1; 0 if there is no file
 * @param invoked on the clock of the history: nanoseconds or positions
 * @param returned on the same clock, not before {@code invoked}; {@link #NEVER} if the call may still take effect. Equal
 *     times are concurrent
 */
public record Operation(Call call, Object process, int place, long invoked, long returned) {
    /** {@code returned} of a call whose effect is not known: it may be placed anywhere after its invocation, or nowhere. */
    public static final long NEVER = Long.MAX_VALUE;

    public Operation {
        if (returned < invoked) {
            throw new IllegalArgumentException("returned at " + returned + " before it was invoked at " + invoked);
        }
    }

    public boolean indeterminate() {
        return returned == NEVER;
    }

    /** For a person: {@code process 3 (line 12): read 4}. */
    public String describe() {
        String where = place > 0 ? " (line " + place + ")" : "";
        return "process " + process + where + ": " + what();
    }

    /** What it did, for a person: {@code read 4}. */
    public String what() {
        return describe(call);
    }

    private static String describe(Call call) {
        if (call instanceof Call.Read read) {
            return "read " + text(read.value());
        }
        if (call instanceof Call.Write write) {
            return "write " + text(write.value());
        }
        if (call instanceof Call.CompareAndSet cas) {
            return "compare-and-set " + text(cas.expected()) + " to " + text(cas.next());
        }
        return "append " + text(((Call.Append) call).piece());
    }

    /** Long texts keep their end: that is where two appended texts differ. */
    static String text(Object value) {
        if (value instanceof String s) {
            return s.length() <= 40 ? '"' + s + '"' : "\"…" + s.substring(s.length() - 40) + '"';
        }
        return value == null ? "nil" : value.toString();
    }
}
