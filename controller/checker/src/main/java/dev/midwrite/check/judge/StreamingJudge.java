package dev.midwrite.check.judge;

import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same checks while the drill runs, on the history as it was at the watermark, which is the time less the lag: what
 * had ended by then stands, what had begun and not ended counts as of unknown outcome, the rest is left out. So nothing
 * is reported that {@link Judge} will not find too, except that something worse may come to explain it; what needs final
 * reads is left to it. Not thread-safe.
 *
 * <p>A session is looked at again, whole, when it has grown by a part or has been quiet for the lag, so its cost stays
 * near linear. State: the operations of sessions whose user may go on; a session that grew beyond the cap is left to
 * {@link Judge}, one whose user has logged out is forgotten a second later.
 */
public final class StreamingJudge {
    private static final int EXEMPLARS = 1000;
    private static final int MOST_OPERATIONS = 20_000;
    private static final int MOST_NEW = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long lag;
    private final SessionChecker checker;
    private final Map<Long, Live> sessions = new LinkedHashMap<>();
    private long held;
    private long left;

    /** One session that may go on. */
    private static final class Live {
        private final List<UserOperation> operations = new ArrayList<>();
        private final Map<String, Integer> told = new HashMap<>();
        private long latest = Long.MIN_VALUE;
        private int judged;
        private boolean ended;
        private boolean abandoned;
    }

    /**
     * Judges live.
     *
     * @param trial as far as it is known at the start
     * @param lagNanos how late an operation may be handed over after it ended: at least the users' timeout
     */
    public StreamingJudge(Trial trial, long lagNanos) {
        lag = lagNanos;
        checker = new SessionChecker(Terms.of(trial), Checks.ofSessions(), EXEMPLARS);
    }

    /** Takes one operation, in the order of completion or nearly so. */
    public void accept(UserOperation operation) {
        Live live = sessions.computeIfAbsent(operation.session(), label -> new Live());
        live.latest = Math.max(
                live.latest, operation.returned() == UserOperation.NEVER ? operation.invoked() : operation.returned());
        if (live.abandoned) {
            return;
        }
        live.operations.add(operation);
        held++;
        live.ended |= operation.kind() == OperationKind.INVALIDATE;
    }

    /**
     * Says what time it is on the users' clock.
     *
     * @return violations that became certain since the last call
     */
    public List<Violation> advance(long now) {
        long watermark = now - lag;
        List<Violation> found = new ArrayList<>();
        Iterator<Map.Entry<Long, Live>> all = sessions.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Live> entry = all.next();
            Live live = entry.getValue();
            boolean news = live.operations.size() > live.judged;
            boolean quiet = live.latest <= watermark;
            boolean grown = live.operations.size() - live.judged >= MOST_NEW + live.judged / 8;
            if ((news && quiet) || grown) {
                judge(entry.getKey(), live, watermark, found);
                // What lies beyond the watermark has not been judged yet.
                live.judged -= quiet ? 0 : 1;
            }
            // A user tries the ended id once more; after a second of silence nobody comes back to it.
            if (live.ended && live.latest <= watermark - NANOS_PER_SECOND) {
                forget(live);
                all.remove();
            } else if (live.operations.size() > MOST_OPERATIONS) {
                judge(entry.getKey(), live, watermark, found);
                forget(live);
                live.abandoned = true;
                left++;
            }
        }
        return found;
    }

    private void judge(long label, Live live, long watermark, List<Violation> found) {
        checker.begin(label);
        for (UserOperation operation : live.operations) {
            if (operation.returned() <= watermark || operation.returned() == UserOperation.NEVER) {
                checker.accept(operation);
            } else if (operation.invoked() <= watermark && !reads(operation.kind())) {
                checker.accept(pending(operation));
            }
        }
        live.judged = live.operations.size();
        checker.finish();
        Tally tally = checker.take();
        Map<String, Integer> seen = new HashMap<>();
        for (Violation violation : tally.violations()) {
            String key = violation.anomaly() + "/" + violation.attribute();
            int number = seen.merge(key, 1, Integer::sum);
            if (number > live.told.getOrDefault(key, 0)) {
                live.told.put(key, number);
                found.add(violation);
            }
        }
    }

    private static boolean reads(OperationKind kind) {
        return switch (kind) {
            case READ, READ_LIST, READ_COUNTER, READ_GROUP, READ_DOCUMENT, PROBE, PROBE_OLD_ID -> true;
            default -> false;
        };
    }

    private static UserOperation pending(UserOperation o) {
        return new UserOperation(
                o.kind(),
                o.seq(),
                o.session(),
                o.incarnation(),
                o.invoked(),
                UserOperation.NEVER,
                o.value(),
                0,
                o.request(),
                o.process(),
                o.node(),
                o.attribute(),
                0,
                o.attempt(),
                Outcome.INFO,
                0,
                new long[0]);
    }

    private void forget(Live live) {
        held -= live.operations.size();
        live.operations.clear();
        live.judged = 0;
    }

    /** How many sessions are held. */
    public int open() {
        return sessions.size();
    }

    /** How many operations are held. */
    public long held() {
        return held;
    }

    /** How many sessions grew too long to be judged live. */
    public long left() {
        return left;
    }
}
