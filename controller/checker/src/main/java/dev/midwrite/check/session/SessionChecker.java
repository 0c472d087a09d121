package dev.midwrite.check.session;

import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Runs all checks on one session after the other: {@link #begin}, {@link #accept} its operations, {@link #finish}. Pure,
 * serialisable between sessions, no threads, no I/O; what it allocates is kept for the next session. Not thread-safe.
 *
 * <p>Where users ran on several clocks ({@link Terms#usersClockErrorNanos}), a session in which something is wrong is
 * judged twice: as it was stamped, and with every operation widened by the clock error. Only what both find stands; what
 * the second does not find lies within the clock error and is undecided.
 */
public final class SessionChecker implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Terms terms;
    private final SessionCheck[] checks; // An array, because not every list is serialisable.
    private final int exemplars;
    private transient SessionHistory history;
    /** The same operations, widened by the error of the users' clocks; null if they have one clock. */
    private transient SessionHistory widened;

    private transient Tally tally;
    private transient Findings findings;
    private transient Assumptions assumptions;

    /** @param exemplars how many violations of each anomaly are kept */
    public SessionChecker(Terms terms, List<SessionCheck> checks, int exemplars) {
        this.terms = terms;
        this.checks = checks.toArray(SessionCheck[]::new);
        this.exemplars = exemplars;
        prepare();
    }

    private void prepare() {
        history = new SessionHistory();
        widened = terms.usersClockErrorNanos() > 0 ? new SessionHistory(terms.usersClockErrorNanos()) : null;
        assumptions = new Assumptions();
        tally = new Tally(exemplars);
        findings = new Findings(terms, tally);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        prepare();
    }

    /** The next session. */
    public void begin(long session) {
        history.begin(session);
        if (widened != null) {
            widened.begin(session);
        }
    }

    /** The next session, of which this many operations will come. */
    public void begin(long session, int operations) {
        history.begin(session, operations);
        if (widened != null) {
            widened.begin(session, operations);
        }
    }

    /** In any order. */
    public void accept(UserOperation stamped) {
        UserOperation operation = terms.journaled().resolve(stamped);
        history.add(operation);
        if (widened != null) {
            widened.add(operation);
        }
    }

    /** As {@link SessionHistory#add(ByteBuffer, int)}. */
    public void accept(ByteBuffer frames, int at) {
        history.add(frames, at);
        if (widened != null) {
            widened.add(frames, at);
        }
    }

    /** As {@link SessionHistory#add(long[], int)}. */
    public void accept(long[] frame, int at) {
        history.add(frame, at);
        if (widened != null) {
            widened.add(frame, at);
        }
    }

    /**
     * Judges the session; a check that throws makes its property unknown, and leaves the others alone.
     *
     * @return whether anything was found that cannot be
     */
    public boolean finish() {
        if (widened == null) {
            return judge(history, findings, tally);
        }
        Tally exact = new Tally(exemplars);
        if (!judge(history, new Findings(terms, exact), exact)) {
            // Widening takes order away and adds none: what is sound without is sound with it.
            tally.merge(exact);
            return false;
        }
        Tally beyond = new Tally(exemplars);
        judge(widened, new Findings(terms, beyond), beyond);
        Tally standing = exact.beyond(
                beyond, "What contradicts itself does so by less than the clock error between the users' hosts.");
        tally.merge(standing);
        return standing.unsound() > 0;
    }

    private boolean judge(SessionHistory of, Findings into, Tally counts) {
        of.seal();
        into.begin(of);
        counts.sessionSeen();
        Assumptions.values(of, into);
        if (of == history) { // One process has one clock: its own operations may not seem to overlap.
            assumptions.times(of, into);
        }
        for (SessionCheck check : checks) {
            Breakage.contain(check.property(), counts, () -> check.check(of, into));
        }
        return into.finish();
    }

    /** What was found in all sessions since the last call. */
    public Tally take() {
        Tally taken = tally;
        tally = new Tally(exemplars);
        findings = new Findings(terms, tally);
        return taken;
    }
}
