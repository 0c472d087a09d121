package dev.midwrite.controller.curve;

import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many sessions lived, and how many were lost to their users: the last answer was that there is none, or came from
 * another session in its place. A session that its user ended, or may have ended, is neither. Of each bucket, the moment at
 * which most were lost.
 *
 * @param lostEver how many sessions were lost at any time, whether or not they came back
 */
public record SessionCurve(long[] alive, long[] lost, long lostEver) {

    private record Step(long at, int alive, int lost) {}

    static SessionCurve of(Buckets buckets, List<UserOperation> operations) {
        List<Step> steps = new ArrayList<>();
        long lostEver = 0;
        for (List<UserOperation> session : operations.stream()
                .collect(Collectors.groupingBy(UserOperation::session))
                .values()) {
            lostEver += steps(session, steps) ? 1 : 0;
        }
        steps.sort(Comparator.comparingLong(Step::at));
        long[] alive = new long[buckets.count()];
        long[] lost = new long[buckets.count()];
        int next = 0;
        long living = 0;
        long gone = 0;
        for (int i = 0; i < buckets.count(); i++) {
            alive[i] = living;
            lost[i] = gone;
            while (next < steps.size() && buckets.index(steps.get(next).at()) == i) {
                living += steps.get(next).alive();
                gone += steps.get(next).lost();
                next++;
                if (gone >= lost[i]) {
                    alive[i] = living;
                    lost[i] = gone;
                }
            }
        }
        return new SessionCurve(alive, lost, lostEver);
    }

    /** What one session adds; true if it was ever lost. */
    private static boolean steps(List<UserOperation> session, List<Step> steps) {
        boolean known = false;
        boolean lost = false;
        boolean everLost = false;
        long nonce = 0;
        List<UserOperation> told = session.stream()
                .filter(operation -> !operation.kind().triesOldId())
                .sorted(Comparator.comparingLong(SessionCurve::toldAt))
                .toList();
        for (UserOperation operation : told) {
            long at = toldAt(operation);
            if (known && ends(operation)) {
                steps.add(new Step(at, lost ? 0 : -1, lost ? -1 : 0));
                return everLost;
            }
            boolean absent = operation.is(UserOperation.ABSENT);
            if (!absent && operation.outcome() != Outcome.OK) {
                continue;
            }
            boolean there = !absent && (nonce == 0 || operation.incarnation() == 0 || operation.incarnation() == nonce);
            if (!known && there) {
                known = true;
                steps.add(new Step(at, 1, 0));
            } else if (known && there == lost) {
                lost = !there;
                everLost |= lost;
                steps.add(new Step(at, lost ? -1 : 1, lost ? 1 : -1));
            }
            nonce = nonce == 0 && there ? operation.incarnation() : nonce;
        }
        return everLost;
    }

    /** An answer tells something when it comes; that none came, from when it was sent. */
    private static long toldAt(UserOperation operation) {
        return operation.returned() == UserOperation.NEVER ? operation.invoked() : operation.returned();
    }

    private static boolean ends(UserOperation operation) {
        return switch (operation.kind()) {
            case INVALIDATE, RELOGIN, LOG_OUT -> operation.outcome() != Outcome.FAIL;
            default -> false;
        };
    }
}
