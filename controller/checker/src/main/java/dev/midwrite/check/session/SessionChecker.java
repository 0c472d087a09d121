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
 */
public final class SessionChecker implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Terms terms;
    private final SessionCheck[] checks; // An array, because not every list is serialisable.
    private final int exemplars;
    private transient SessionHistory history;
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
    }

    /** The next session, of which this many operations will come. */
    public void begin(long session, int operations) {
        history.begin(session, operations);
    }

    /** In any order. */
    public void accept(UserOperation operation) {
        history.add(operation);
    }

    /** As {@link SessionHistory#add(ByteBuffer, int)}. */
    public void accept(ByteBuffer frames, int at) {
        history.add(frames, at);
    }

    /**
     * Judges the session; a check that throws makes its property unknown, and leaves the others alone.
     *
     * @return whether anything was found that cannot be
     */
    public boolean finish() {
        history.seal();
        findings.begin(history);
        tally.sessionSeen();
        assumptions.check(history, findings);
        for (SessionCheck check : checks) {
            Breakage.contain(check.property(), tally, () -> check.check(history, findings));
        }
        return findings.finish();
    }

    /** What was found in all sessions since the last call. */
    public Tally take() {
        Tally taken = tally;
        tally = new Tally(exemplars);
        findings = new Findings(terms, tally);
        return taken;
    }
}
