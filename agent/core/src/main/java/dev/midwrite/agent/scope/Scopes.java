package dev.midwrite.agent.scope;

import com.google.common.collect.MapMaker;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds what belongs together.
 *
 * <p>Thread-safe. Host objects are held weakly and by identity; none of their methods is called. A new command or session
 * object takes the lock of a segment of the map for a moment.
 */
public final class Scopes {
    /** Recording may stop and start again within one incarnation. */
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final ThreadLocal<ThreadScope> threads = ThreadLocal.withInitial(ThreadScope::new);
    private final ConcurrentMap<Object, Step> commands =
            new MapMaker().weakKeys().makeMap();
    private final ConcurrentMap<Object, String> names =
            new MapMaker().weakKeys().makeMap();
    private final ConcurrentMap<Object, SessionState> sessions =
            new MapMaker().weakKeys().makeMap();

    /** Wakes what it needs of the JDK here and not at whatever stack depth a host's thread comes by. */
    public Scopes() {
        Object nothing = new Object();
        session(nothing);
        sessions.remove(nothing);
        commands.remove(nothing);
        names.remove(nothing);
        thread();
    }

    public ThreadScope thread() {
        return threads.get();
    }

    /** Never 0, never twice. */
    public long nextId() {
        return LAST_ID.incrementAndGet();
    }

    /** What is known of this object; null if no repository has handed it out or saved it. */
    public SessionState known(Object session) {
        return sessions.get(session);
    }

    public SessionState session(Object session) {
        SessionState state = sessions.get(session);
        if (state == null) {
            SessionState fresh = new SessionState();
            state = sessions.putIfAbsent(session, fresh);
            return state == null ? fresh : state;
        }
        return state;
    }

    /** @return false if the command has a step already: the same command passes more than one door */
    public boolean tag(Object command, Step step) {
        return commands.putIfAbsent(command, step) == null;
    }

    /** This command, made to be sent later, is called so. */
    public void name(Object command, String name) {
        names.put(command, name);
    }

    /** What this command is called; null if it was made before anybody recorded. */
    public String name(Object command) {
        return names.get(command);
    }

    /** The step that this command is, or null. */
    public Step step(Object command) {
        return commands.get(command);
    }
}
