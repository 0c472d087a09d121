package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.probe.AgentProbe;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.agent.scope.Scopes;
import dev.midwrite.agent.scope.Step;
import dev.midwrite.agent.scope.ThreadScope;
import dev.midwrite.event.SessionHash;
import java.lang.invoke.MethodHandle;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The gate while a journal records. Thread-safe; one per recording. */
public final class OpenGate extends Gate {
    /** So many of our own errors are told; the rest is only counted. */
    private static final int TOLD_ERRORS = 20;

    private static final LongAdder SUPPRESSED = new LongAdder();

    private final Catalogue points;
    private final Runnable end;
    private final AgentProbe probe;
    private final Injector injector;

    private final Scopes scopes = new Scopes();
    private final HeldCalls held;
    private final Look look;
    private final SessionPassages sessions;
    private final CommandPassages commands;
    private final Locations locations;
    /** Null if nobody asks for them. */
    private final Contents contents;

    private final PreparedContents prepared;

    private final HostPassages host;
    private final ShutdownHooks hooks;
    private final PromisePassages promises;
    private final NodeFaults node;

    /**
     * @param points those that are woven
     * @param probe answers users of ours where the service mounts no probe; null for none
     * @param sessionKey key of the session hash
     * @param ofContents what sessions hold is journaled, as digests
     * @param hooksEnded run when the host's shutdown hooks have ended, on the thread that ends the JVM
     * @param end ends the process at once
     */
    public OpenGate(
            Catalogue points,
            Journal journal,
            Decider decider,
            AgentProbe probe,
            byte[] sessionKey,
            boolean ofContents,
            Runnable hooksEnded,
            Runnable end) {
        this.points = points;
        this.probe = probe;
        int[] numbers = new int[points.size()];
        for (Point point : points.all()) {
            numbers[point.number()] = journal.name(point.name(), point.kind());
        }
        this.end = end;
        Peers peers = new Peers(journal);
        EventLoops eventLoops = new EventLoops(points.eventLoops());
        this.injector = new Injector(journal, decider, end, eventLoops, numbers, peers);
        this.held = new HeldCalls(scopes, injector, decider, eventLoops);
        Records records = new Records(journal, numbers, peers);
        this.contents = ofContents ? new Contents(records, sessionKey) : null;
        this.prepared = ofContents ? new PreparedContents(records, contents) : null;
        Holders holders = new Holders();
        this.look = new Look(points.all(), holders, new SessionHash(sessionKey));
        this.sessions = new SessionPassages(scopes, records, injector, held, holders, contents, sessionKey);
        this.commands = new CommandPassages(scopes, records, injector, this::brought);
        this.locations = new Locations(records);
        this.host = new HostPassages(scopes, records, injector, hooksEnded);
        this.hooks = new ShutdownHooks(points.all(), scopes, host, this::failed);
        this.node = new NodeFaults(points.all(), scopes, injector, decider);
        this.promises = new PromisePassages(sessions, host, () -> Gate.open == this, this::guarded);
    }

    /** Errors of ours in woven code, since the JVM started. */
    public static long suppressedErrors() {
        return SUPPRESSED.sum();
    }

    /** Begins what is armed at points of the node that are there; to be called when something has been armed, and again. */
    public void node(Predicate<Point> isThere) {
        node.begin(isThere);
    }

    /**
     * What maps of this process hold of sessions now. May take long; on one thread at a time, which is not the host's.
     *
     * @param map its name; empty for those of the repositories at which sessions pass
     */
    public List<KeptSessions> look(String map) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true; // What it asks of the library is no passage.
        try {
            return look.into(map);
        } finally {
            thread.busy = outer;
        }
    }

    @Override
    public Object enter(int number, Object self, String id, String peer, Object first, Object second) {
        ThreadScope thread = scopes.thread();
        if (thread.busy) {
            return null;
        }
        thread.busy = true;
        Operation outer = thread.operation;
        boolean setting = thread.setting;
        boolean entered = false;
        try {
            Point point = points.of(number);
            boolean isHeld = thread.held != null && thread.held.point == point;
            Passage passage = isHeld
                    ? sessions.later(thread)
                    : switch (point.role()) {
                        case OPERATION -> sessions.enter(thread, point, self, id, peer, first, (String) second);
                        case CHANGE -> sessions.change(thread, point, self, id, first, second);
                        case ADOPT -> sessions.adopt(thread, point, self, id, peer, first, (String) second);
                        case STEP ->
                            thread.operation == null && point.isAlone()
                                    ? sessions.adopt(thread, point, self, id, peer, null, (String) second)
                                    : command(thread, point, self, id, peer, first, (String) second);
                        case BYTES -> commands.encode(thread, first);
                        case REPLY -> commands.await(thread, first);
                        case REQUEST -> host.request(thread, point, self, (String) first, (String) second, id);
                        case PROBE -> probe != null && probe.claims(first) ? new ProbeCall(point, first, second) : null;
                        case COMMIT -> host.commit(thread, point, self);
                        case PHASE -> host.phase(point, self, id, first);
                        case LAST_PHASE -> hooks.begin(point, self, first);
                        case NODE, HOOK -> null; // Nothing calls there.
                    };
            entered = true;
            return passage;
        } finally {
            if (!entered) { // Without a token there will be no exit that closes the scope.
                thread.operation = outer;
                thread.setting = setting;
            }
            thread.busy = false;
        }
    }

    private Step command(
            ThreadScope thread, Point point, Object self, String id, String peer, Object command, String text) {
        Step step = commands.enter(thread, point, self, id, peer, command, name(point, self, text));
        if (prepared != null && self != null) {
            try {
                prepared.begins(step, self);
            } catch (RuntimeException | LinkageError e) {
                failed(e, point.number());
            }
        }
        return step;
    }

    @Override
    public Object enterAny(int number, Object self, String method, Object[] arguments) {
        ThreadScope thread = scopes.thread();
        Point point = points.of(number);
        // A proxy, or an overloaded method, hands the call over to another one of the same point.
        if (thread.busy || point.isRefused() || (thread.operation != null && thread.operation.point == point)) {
            return null;
        }
        String id = id(thread, point, self, arguments, null);
        return enter(number, self, id, "", null, point.role() == Role.OPERATION ? null : method);
    }

    /** The host's own code may tell it: what that passes is none of its doing. */
    private static String id(ThreadScope thread, Point point, Object self, Object[] arguments, Object result) {
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            return point.library().id(point, self, arguments, result);
        } finally {
            thread.busy = outer;
        }
    }

    /** Of a command; empty if it is none of an operation's, null if it is not known. */
    private String name(Point point, Object self, String text) {
        return text == null ? scopes.name(self) : point.library().command(text);
    }

    @Override
    public void prepared(int point, Object command, String text) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            Library library = points.of(point).library();
            scopes.name(command, library.command(text));
            if (prepared != null) {
                prepared.prepared(command, library.attributes(text));
            }
        } finally {
            thread.busy = outer;
        }
    }

    @Override
    public boolean skips(Object token) {
        return ((Passage) token).skip;
    }

    /** Not busy: what the probe does to the session passes points as the application's own doing would. */
    @Override
    public boolean answers(Object token) {
        ProbeCall call = (ProbeCall) token;
        call.error = probe.answer(call.asked, call.answer);
        return true;
    }

    @Override
    public boolean holds(Object token) {
        return held.wants((Passage) token);
    }

    @Override
    public void hold(Object token, MethodHandle call) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            held.take((Passage) token, call);
        } finally {
            thread.busy = outer;
        }
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
    public boolean tellsContent(Object token) {
        return contents != null && token instanceof Step step && contents.wanted(step);
    }

    @Override
    public void content(Object token, Object arguments) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            contents.sent((Step) token, arguments);
        } finally {
            thread.busy = outer;
        }
    }

    @Override
    public void given(Object command, int parameter, Object value) {
        if (prepared != null && !scopes.thread().busy) {
            prepared.given(command, parameter, value);
        }
    }

    @Override
    public void taken(Object rows, Object column, Object value) {
        if (prepared != null && !scopes.thread().busy) {
            prepared.taken(rows, column, value);
        }
    }

    @Override
    public void next(Object rows, boolean there) {
        if (prepared != null && !scopes.thread().busy) {
            prepared.next(rows, there);
        }
    }

    @Override
    public void answeredBy(Object token, Object reply) {
        if (token instanceof Step step) {
            step.reply = (CompletableFuture<?>) reply;
            step.operation.unanswered.add(step);
        }
    }

    @Override
    public Throwable exit(Object token, Object result, String id, Throwable thrown) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            Passage passage = (Passage) token;
            Throwable outcome;
            if (passage instanceof Operation operation) {
                outcome = sessions.exit(thread, operation, result, id, thrown);
            } else if (passage instanceof Step step) {
                outcome = commands.exit(thread, step, result, thrown);
            } else if (passage instanceof ProbeCall) {
                outcome = passage.error == null ? thrown : passage.error;
            } else {
                outcome = host.exit(thread, passage, thrown);
            }
            if (passage.point.isHeld()) {
                held.over(thread, passage, outcome);
            }
            return outcome;
        } finally {
            thread.busy = outer;
        }
    }

    /** A step ends even if what it brought cannot be read. */
    private void brought(Step step, Object reply) {
        try {
            if (contents != null && reply != null) {
                contents.brought(step, reply);
                prepared.brought(step, reply);
            }
        } catch (RuntimeException | LinkageError e) {
            failed(e, step.point.number());
        }
    }

    @Override
    public Object instead(Object token) {
        return token instanceof Step step ? step.instead : null;
    }

    @Override
    public Throwable exitAny(Object token, Object self, Object[] arguments, Object result, Throwable thrown) {
        Passage passage = (Passage) token;
        Object found = result instanceof Optional<?> optional ? optional.orElse(null) : result;
        String id = found == null ? null : id(scopes.thread(), passage.point, self, arguments, found);
        return exit(token, id == null ? null : found, id, thrown);
    }

    @Override
    public int cut(Object token, int length) {
        return commands.cut((Step) token, length);
    }

    @Override
    public int corrupts(Object token, Object bytes) {
        return commands.corrupts((Step) token, (ByteBuffer) bytes);
    }

    @Override
    public boolean paces(Object token) {
        return injector.paces((Passage) token);
    }

    @Override
    public void pace(Object token, Object connection, int bytes) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            injector.pace((Passage) token, connection, bytes);
        } finally {
            thread.busy = outer;
        }
    }

    @Override
    public void halt(Object token) {
        scopes.thread().busy = true; // Our own end is no phase of the host's.
        end.run();
    }

    @Override
    public Object promise(int number, Object self, String id, Object first, Object second, Function<?, ?> ids) {
        return scopes.thread().busy ? null : new Promise(points.of(number), self, id, first, second, ids);
    }

    @Override
    public Function<Object, Object> begins(
            Object promise,
            Function<?, ?> entries,
            Function<?, ?> just,
            Function<?, ?> fail,
            Function<?, ?> delay,
            BiFunction<?, ?, ?> then,
            BiFunction<?, ?, ?> cancel) {
        Promise call = (Promise) promise;
        call.means(entries, just, fail, delay, then, cancel);
        return context -> promises.begin(call, context);
    }

    @Override
    public Function<Object, Object> runs(Object promise, Object body, BiFunction<?, ?, ?> tap) {
        return turn -> promises.run((Turn) turn, body, tap);
    }

    @Override
    public Function<Object, Object> completes(Object promise) {
        return turn -> promises.complete((Turn) turn);
    }

    @Override
    public BiFunction<Object, Throwable, Object> fails(Object promise) {
        return (turn, thrown) -> promises.fail((Turn) turn, thrown);
    }

    @Override
    public Function<Object, Object> cancels(Object promise) {
        return turn -> promises.cancel((Turn) turn);
    }

    @Override
    public Function<Throwable, Throwable> errors(Object promise) {
        return ((Promise) promise)::plain;
    }

    /** What library code calls back is no advice: here its errors are kept away. */
    private <T> T guarded(int point, T otherwise, Supplier<T> work) {
        ThreadScope thread = scopes.thread();
        boolean outer = thread.busy;
        thread.busy = true;
        try {
            return work.get();
        } catch (Throwable error) {
            failed(error, point);
            return otherwise;
        } finally {
            thread.busy = outer;
        }
    }

    @Override
    public void failed(Throwable error, int point) {
        SUPPRESSED.increment();
        if (injector.failed(point)) {
            AgentLog.warn(
                    "the agent fails at " + points.of(point)
                            + ": nothing is injected there until recording starts anew",
                    null);
        }
        if (SUPPRESSED.sum() <= TOLD_ERRORS) {
            AgentLog.warn("an error of the agent at " + points.of(point) + ", kept from the host", error);
        }
    }
}
