package dev.midwrite.agent.point;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Scopes.ThreadScope;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The gate while a journal records. Thread-safe; one per recording. */
public final class OpenGate extends Gate {
    /** So many of our own errors are told; the rest is only counted. */
    private static final int TOLD_ERRORS = 20;

    /** After so many of our own errors in one recording nothing is injected any more. */
    private static final int TOLERATED_ERRORS = 2;

    private static final LongAdder SUPPRESSED = new LongAdder();

    private final AtomicInteger errors = new AtomicInteger();
    private final Injector injector;

    private final Scopes scopes = new Scopes();
    private final SessionPassages sessions;
    private final CommandPassages commands;
    private final Locations locations;
    private final HostPassages host;

    /**
     * @param sessionKey key of the session hash
     * @param hooksEnded run when the host's shutdown hooks have ended, on the thread that ends the JVM
     */
    public OpenGate(Journal journal, Decider decider, byte[] sessionKey, Runnable hooksEnded) {
        Place[] places = Place.values();
        int[] numbers = new int[places.length];
        for (Place place : places) {
            numbers[place.ordinal()] = journal.name(place.pointName());
        }
        this.injector = new Injector(journal, decider, numbers);
        Records records = new Records(journal, numbers);
        this.sessions = new SessionPassages(scopes, records, injector, sessionKey);
        this.commands = new CommandPassages(scopes, records, injector);
        this.locations = new Locations(records);
        this.host = new HostPassages(scopes, records, injector, hooksEnded);
    }

    /** Errors of ours in woven code, since the JVM started. */
    public static long suppressedErrors() {
        return SUPPRESSED.sum();
    }

    @Override
    public Object enter(int point, Object self, String id, Object first, Object second) {
        ThreadScope thread = scopes.thread();
        if (thread.busy) {
            return null;
        }
        thread.busy = true;
        boolean outermost = thread.operation == null;
        boolean entered = false;
        try {
            Place place = Place.of(point);
            Token token = switch (place) {
                case SESSION_CREATE, SESSION_READ, SESSION_SAVE, SESSION_DELETE ->
                    sessions.enter(thread, place, self, id, first);
                case SESSION_SET, SESSION_RENAME -> sessions.change(thread, place, self, id, first, second);
                case COMMAND_WRITE -> commands.write(thread, self, first, (String) second);
                case COMMAND_ENCODE -> commands.encode(first);
                case COMMAND_AWAIT -> commands.await(thread, first);
                case REQUEST -> host.request(thread, self, (String) first, (String) second);
                case RESPONSE_COMMIT -> host.commit(thread, self);
                default -> host.shutdown(place, id, first);
            };
            entered = true;
            return token;
        } finally {
            if (!entered && outermost) { // Without a token there will be no exit that closes the scope.
                thread.operation = null;
                thread.setting = false;
            }
            thread.busy = false;
        }
    }

    @Override
    public boolean skips(Object token) {
        return ((Token) token).skip;
    }

    @Override
    public boolean locates(Object token) {
        return token instanceof Step step && locations.wanted(step);
    }

    @Override
    public void located(Object token, Object key, Object address, Object connection) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            locations.seen((Step) token, (ByteBuffer) key, (SocketAddress) address, connection);
        } finally {
            thread.busy = outer;
        }
    }

    @Override
    public Throwable exit(Object token, Object result, String id, Throwable thrown) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            if (token instanceof Operation operation) {
                return sessions.exit(thread, operation, result, id, thrown);
            }
            if (token instanceof Step step) {
                return commands.exit(step, thrown);
            }
            return host.exit(thread, (Note) token, thrown);
        } finally {
            thread.busy = outer;
        }
    }

    @Override
    public int cut(Object token, int length) {
        return commands.cut((Step) token, length);
    }

    @Override
    public void halt(Object token) {
        scopes.thread().busy = true; // Our own end is no phase of the host's.
        Crash.now();
    }

    @Override
    public void failed(Throwable error) {
        SUPPRESSED.increment();
        if (errors.incrementAndGet() == TOLERATED_ERRORS) {
            injector.stop();
            AgentLog.warn("the agent fails in woven code: nothing is injected until recording starts anew", null);
        }
        if (SUPPRESSED.sum() <= TOLD_ERRORS) {
            AgentLog.warn("an error of the agent in woven code, kept from the host", error);
        }
    }
}
