package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Requester.Request;
import java.util.List;

/**
 * The final reads of one session on one node, one after the other: a process of its own, because the session may be read on
 * other nodes at the same time. Used by one thread at a time.
 */
final class Reading {
    private final UserIdentity reader;
    private final UserSession session;
    private final List<Call> calls;
    private int call;
    private Request request;
    private int attempts;
    private long notBefore;

    Reading(UserIdentity reader, UserSession session, List<Call> calls) {
        this.reader = reader;
        this.session = session;
        this.calls = calls;
    }

    UserSession session() {
        return session;
    }

    boolean done() {
        return call == calls.size();
    }

    /** The call that is to be made now; its attempts share the id. */
    Request request(long now) {
        if (request == null) {
            request = new Request(reader, session, calls.get(call), reader.next(), now);
        }
        return request;
    }

    /** The number of the attempt that is about to be made. */
    int attempt() {
        return ++attempts;
    }

    /** How often this call was tried. */
    int attempts() {
        return attempts;
    }

    /** Whether this call was tried. */
    boolean asked() {
        return attempts > 0;
    }

    /** On to the next call. */
    void next() {
        call++;
        request = null;
        attempts = 0;
    }

    /** When it may be tried again, on the users' clock. */
    long notBefore() {
        return notBefore;
    }

    void notBefore(long time) {
        notBefore = time;
    }
}
