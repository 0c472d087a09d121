package dev.midwrite.agent.gate;

import java.lang.invoke.MethodHandle;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What woven code calls. Closed ({@link #open} is null) a passage costs one volatile read.
 *
 * <p>Only JDK types cross: the two sides share no other class. A call never throws on purpose; an exception that an
 * injection wants is returned and assigned by the advice. So the advice may suppress everything that is thrown.
 */
public abstract class Gate {
    /** Null while the agent is dormant. */
    public static volatile Gate open;

    /**
     * How far the clocks of woven session layers go ahead, in milliseconds, by point; null while none does. Not changed once
     * it is here.
     */
    private static volatile long[] ahead;

    /** Which agent this gate serves; null while none does: the class stays in its JVM when the agent has left. */
    public static volatile String tenant;

    /** A number made of this class' bytes, as the agent has that defined it. */
    public static volatile long made;

    /**
     * Before the body, at a point that has no other node at its end.
     *
     * @see #enter(int, Object, String, String, Object, Object)
     */
    public final Object enter(int point, Object self, String id, Object first, Object second) {
        return enter(point, self, id, "", first, second);
    }

    /**
     * Before the body. What the parameters are depends on the point's role.
     *
     * @param point its number, which weaving has put into the advice
     * @param self the object whose method was called, null for a static method
     * @param id session id or what the point calls its name; of a request the trace that it belongs to; null for none
     * @param peer the other node as host:port, empty for none
     * @return a token for the calls below, or null if there is nothing more to do
     */
    public abstract Object enter(int point, Object self, String id, String peer, Object first, Object second);

    /**
     * Before the body, at a point that a user has described: who wrote the advice does not know where the session's id is.
     *
     * @param self null for a static method
     * @param method its name
     */
    public abstract Object enterAny(int point, Object self, String method, Object[] arguments);

    /** Whether the body must not run. */
    public abstract boolean skips(Object token);

    /**
     * Whether this very call is wanted by an injection that holds or repeats it: then {@link #hold} is to be told how to
     * make it, before {@link #skips} is asked. Only points that say so in their data ask this.
     */
    public abstract boolean holds(Object token);

    /**
     * Takes the call, to make it later on a thread of the agent or once more at its end. Afterwards {@link #skips} says
     * whether the body must not run now; it may be told to run although it was wanted, when too many are held.
     *
     * @param call the woven method, bound to this call's object and arguments; its result is nobody's
     */
    public abstract void hold(Object token, MethodHandle call);

    /** Answers the request in the body's place, on the host's session; what that throws comes with {@link #exit}. */
    public abstract boolean answers(Object token);

    /** Whether it is of use to say with {@link #located} where this command goes. */
    public abstract boolean locates(Object token);

    /**
     * Where a command of a session goes.
     *
     * @param key the first key of the command, a ByteBuffer of UTF-8; null for none
     * @param address the store's, a SocketAddress; null if there is no connection
     * @param connection the library's own object, which may know the database; null if unknown
     */
    public abstract void located(Object token, Object key, Object address, Object connection);

    /** Whether it is of use to say with {@link #content} what this command carries. */
    public abstract boolean tellsContent(Object token);

    /**
     * What a command of a session carries to its store.
     *
     * @param arguments for the library to read, such as a ByteBuffer in which they are encoded; only read, and during the call
     */
    public abstract void content(Object token, Object arguments);

    /**
     * A parameter of a command that was {@link #prepared} has been given.
     *
     * @param parameter its number, from 1
     */
    public abstract void given(Object command, int parameter, Object value);

    /**
     * A value of the row at which these rows stand has been read.
     *
     * @param column its label, or an Integer: its number, from 1
     */
    public abstract void taken(Object rows, Object column, Object value);

    /** These rows have gone on to the next one, or there is none. */
    public abstract void next(Object rows, boolean there);

    /**
     * This command is answered by what its caller may never see: it waits for something made of it. So whoever waits without
     * saying for which command ends all that are answered by then.
     *
     * @param reply a CompletableFuture: is complete, or has failed, when the answer is there
     */
    public abstract void answeredBy(Object token, Object reply);

    /**
     * A command has been made that will pass a point later, perhaps more than once, without its text.
     *
     * @param point number of one at which it will pass
     * @param text for the library to name it by; does not leave the process
     */
    public abstract void prepared(int point, Object command, String text);

    /**
     * After the body.
     *
     * @param result what the body returned, null if nothing
     * @param id session id as far as the result tells it, or null
     * @param thrown what the body threw, or null
     * @return what the caller must see as thrown: {@code thrown} itself unless an injection wants another
     */
    public abstract Throwable exit(Object token, Object result, String id, Throwable thrown);

    /** After {@link #exit}: what the caller gets instead of the reply; null for the reply. */
    public abstract Object instead(Object token);

    /**
     * After the body, at a point that a user has described.
     *
     * @see #exit(Object, Object, String, Throwable)
     */
    public abstract Throwable exitAny(Object token, Object self, Object[] arguments, Object result, Throwable thrown);

    /**
     * How many of a command's encoded bytes may leave the process before it halts.
     *
     * @param length of the encoded command
     * @return -1 to proceed as if nothing were
     */
    public abstract int cut(Object token, int length);

    /**
     * Which of a command's encoded bytes must be changed before they leave.
     *
     * @param bytes the encoded command, a ByteBuffer; only read
     * @return an index of the buffer, or -1 to proceed as if nothing were
     */
    public abstract int corrupts(Object token, Object bytes);

    /** Whether the bytes of this call are to be throttled: then {@link #pace} is to be told of them, before they leave. */
    public abstract boolean paces(Object token);

    /**
     * Waits, on this thread, until these bytes would have left at the rate that is wanted.
     *
     * @param connection the library's own object for what they leave by; null for the other node of {@link #enter}
     * @param bytes how many
     */
    public abstract void pace(Object token, Object connection, int bytes);

    /** Ends the process at once. */
    public abstract void halt(Object token);

    /**
     * Before or after the body of a method that only promises: what it returns does the work later, on other threads,
     * and once for each who subscribes. The parameters are those of {@link #enter}; nothing happens yet.
     *
     * @param id of what the promise yields, a function to the session's id; null if it yields no session
     * @return the promise, for the calls below; null if there is nothing more to do
     */
    public abstract Object promise(int point, Object self, String id, Object first, Object second, Function<?, ?> ids);

    /**
     * What is done first for each who subscribes. The gate composes promises of the library's own kind with what the
     * library does this with; so nothing waits on a thread.
     *
     * @param entries from a subscriber's context to a Stream of Map.Entry
     * @param just from a value to its promise, from null to an empty one
     * @param fail from a Throwable to a promise that fails with it
     * @param delay from a Duration to a promise that is kept then
     * @param then from a promise, and a function from its value to the next promise, to both in a row
     * @param cancel from a promise and a Runnable to a promise that runs it if its subscriber goes
     * @return from a subscriber's context to a promise of what the functions below take
     */
    public abstract Function<Object, Object> begins(
            Object promise,
            Function<?, ?> entries,
            Function<?, ?> just,
            Function<?, ?> fail,
            Function<?, ?> delay,
            BiFunction<?, ?, ?> then,
            BiFunction<?, ?, ?> cancel);

    /**
     * What is done then.
     *
     * @param body the promise that the method returned
     * @param tap from a promise and a Consumer of its value to a promise that tells it first
     * @return to the body, or to what stands in its place
     */
    public abstract Function<Object, Object> runs(Object promise, Object body, BiFunction<?, ?, ?> tap);

    /** What is done once the body has worked: to a promise, for which the subscriber waits. */
    public abstract Function<Object, Object> completes(Object promise);

    /** What is done once the body has failed. */
    public abstract BiFunction<Object, Throwable, Object> fails(Object promise);

    /** What is done once the subscriber does not want it any more. */
    public abstract Function<Object, Object> cancels(Object promise);

    /** From what the whole promise fails with to what its subscriber must see. */
    public abstract Function<Throwable, Throwable> errors(Object promise);

    /** An error of ours in code woven for this point, already kept away from the host. */
    public abstract void failed(Throwable error, int point);

    /** Makes the clock that is read at this point go so much further ahead; negative: behind. */
    public static synchronized void shift(int point, long millis) {
        long[] before = ahead == null ? new long[0] : ahead;
        long[] next = new long[Math.max(before.length, point + 1)];
        System.arraycopy(before, 0, next, 0, before.length);
        next[point] += millis;
        boolean none = true;
        for (long each : next) {
            none &= each == 0;
        }
        ahead = none ? null : next;
    }

    private static long ahead(int point) {
        long[] now = ahead;
        return now == null || point >= now.length ? 0 : now[point];
    }

    /** In the place of {@link System#currentTimeMillis} in a woven session layer. */
    public static long millis(int point) {
        return System.currentTimeMillis() + ahead(point);
    }

    /** In the place of {@link Clock#millis}. */
    public static long millis(Clock clock, int point) {
        return clock.millis() + ahead(point);
    }

    /** In the place of {@link Instant#now()}. */
    public static Instant instant(int point) {
        return shifted(Instant.now(), point);
    }

    /** In the place of {@link Clock#instant} and {@link Instant#now(Clock)}. */
    public static Instant instant(Clock clock, int point) {
        return shifted(clock.instant(), point);
    }

    private static Instant shifted(Instant now, int point) {
        long by = ahead(point);
        return by == 0 ? now : now.plusMillis(by);
    }

    /** Where the advice's suppression ends: no error of ours may reach the host, not even one about an error. */
    public static void suppressed(Throwable error, int point) {
        try {
            Gate gate = open;
            if (gate != null) {
                gate.failed(error, point);
            }
        } catch (Throwable ignored) {
            // Nothing is left that could be done with it.
        }
    }
}
