package dev.midwrite.agent.point;

import com.google.common.collect.MapMaker;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What belongs together: a thread's request and operation, a command's step, a session object's history.
 *
 * <p>Thread-safe. Host objects are held weakly and by identity; none of their methods is called.
 */
final class Scopes {
    private final ThreadLocal<ThreadScope> threads = ThreadLocal.withInitial(ThreadScope::new);
    private final ConcurrentMap<Object, Step> commands =
            new MapMaker().weakKeys().makeMap();
    private final ConcurrentMap<Object, SessionState> sessions =
            new MapMaker().weakKeys().makeMap();
    /** Recording may stop and start again within one incarnation. */
    private static final AtomicLong LAST_ID = new AtomicLong();

    ThreadScope thread() {
        return threads.get();
    }

    /** Never 0, never twice. */
    long nextId() {
        return LAST_ID.incrementAndGet();
    }

    /** What is known of this object; null if no repository has handed it out or saved it. */
    SessionState known(Object session) {
        return sessions.get(session);
    }

    SessionState session(Object session) {
        SessionState state = sessions.get(session);
        if (state == null) {
            SessionState fresh = new SessionState();
            state = sessions.putIfAbsent(session, fresh);
            return state == null ? fresh : state;
        }
        return state;
    }

    /** @return false if the command has a step already: the same command passes more than one door */
    boolean tag(Object command, Step step) {
        return commands.putIfAbsent(command, step) == null;
    }

    /** The step that this command is, or null. */
    Step step(Object command) {
        return commands.get(command);
    }

    /** One thread's; used by that thread only. */
    static final class ThreadScope {
        /** The agent itself is at work: whatever it calls must not come back here. */
        boolean busy;
        /** The request this thread serves, or null. */
        RequestScope request;
        /** The outermost domain operation, which owns the steps; or null. */
        Operation operation;
        /** An attribute write is under way; the ones inside are its delegates. */
        boolean setting;
    }

    /** One request of a user. */
    static final class RequestScope {
        final long serial;
        final long id;
        final long label;
        /** The session it saved last; 0 for none. */
        long session;
        /** A save with changed attributes happened in it. */
        boolean dirty;

        RequestScope(long serial, long id, long label) {
            this.serial = serial;
            this.id = id;
            this.label = label;
        }
    }

    /** What is known of one session object between its calls. A session object belongs to one request at a time. */
    static final class SessionState {
        /** Made by createSession and not saved since. */
        boolean isNew;
        /** Attributes changed since the last save. */
        boolean dirty;
        /** The last probe value set since the last save; 0 for none. */
        long writeId;
        /** The request that changed an attribute last, since the last save; null for none. */
        RequestScope changedBy;
        /** The last logical save, in {@code saveRequest}; null for none. */
        Operation save;
        /** Serial of the request, 0 for none. */
        long saveRequest;
    }
}
