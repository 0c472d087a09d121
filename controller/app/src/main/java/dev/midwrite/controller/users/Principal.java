package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Requester.Result;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that few sessions log in by. Each of them may end the others, but only while none of these has a request under
 * way: a save that meets its session's end is a race that many stores lose, and not what is to be seen. Thread-safe; its
 * lock is the last that a user takes.
 */
final class Principal {
    /** Of sessions that never log in by a name. */
    static final Principal NOBODY = new Principal(0);

    private static final Pattern NAME = Pattern.compile("user-([0-9a-f]{16})");
    private static final long UNKNOWN = -1;

    private final long number;
    private final Map<UserSession, Integer> underWay = new HashMap<>();
    private final Set<UserSession> loggedIn = new LinkedHashSet<>();
    /** Wants to end the others; null if nobody does. */
    private UserSession ending;
    /** Its request is under way. */
    private boolean sent;

    private boolean unclear;

    /** @param number unique in the store for as long as its sessions are there; 0 for nobody */
    Principal(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    /** As it travels. */
    static String name(long number) {
        return String.format("user-%016x", number);
    }

    /** Of a name in an answer: 0 for none, and -1 for one that no user has. */
    static long number(String name) {
        Matcher known = NAME.matcher(name);
        return known.matches() ? Long.parseUnsignedLong(known.group(1), 16) : name.equals("null") ? 0 : UNKNOWN;
    }

    /** Whether a request of one of its sessions may still be under way somewhere, so that no session is ended any more. */
    synchronized boolean isUnclear() {
        return unclear;
    }

    /**
     * A request begins, in full knowledge of those of the other sessions. Who wants to end them while they are busy does so
     * later, in the place of another request; until then they begin nothing.
     *
     * @param may whether its session may send this now
     * @return what may be sent now: this, another call in its place, or null for nothing
     */
    synchronized Call begin(UserSession session, Call wanted, Predicate<Call> may) {
        if (number == 0) {
            return wanted;
        }
        if (ending != null && ending != session) {
            return null;
        }
        Call call = wanted;
        if (ending == null && wanted.endsOthers()) {
            call = Call.LIST_SESSIONS;
            ending = unclear ? null : session;
        }
        boolean open = session.state() == UserSession.State.OPEN;
        if (ending == session && !sent) {
            if (unclear || !open) {
                ending = null;
            } else if (underWay.keySet().stream().allMatch(session::equals) && may.test(Call.END_OTHERS)) {
                call = Call.END_OTHERS;
                sent = true;
            }
        }
        if (call.logsIn()) {
            loggedIn.add(session);
        }
        underWay.merge(session, 1, Integer::sum);
        return call;
    }

    /**
     * The request has ended.
     *
     * @param ended hears of each other session that it ended, or may have ended, before any of them sends a request
     */
    synchronized void end(UserSession session, Call call, Result result, Consumer<UserSession> ended) {
        if (number == 0) {
            return;
        }
        underWay.computeIfPresent(session, (known, count) -> count == 1 ? null : count - 1);
        unclear |= result.indeterminate();
        if (call.endsOthers()) {
            others(session, result).forEach(other -> {
                ended.accept(other);
                loggedIn.remove(other);
            });
            ending = null;
            sent = false;
        } else if (ending == session && !sent && session.state() != UserSession.State.OPEN) {
            ending = null;
        }
    }

    private List<UserSession> others(UserSession session, Result result) {
        return loggedIn.stream()
                .filter(other -> other != session && other.state() != UserSession.State.ENDED)
                .filter(other -> result.indeterminate()
                        || Arrays.stream(result.last().payload())
                                .anyMatch(nonce -> nonce != 0 && nonce == other.incarnation()))
                .toList();
    }
}
