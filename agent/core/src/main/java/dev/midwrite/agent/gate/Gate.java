package dev.midwrite.agent.gate;

/**
 * What woven code calls. Closed ({@link #open} is null) a passage costs one volatile read.
 *
 * <p>Only JDK types cross: the two sides share no other class. A call never throws on purpose; an exception that an
 * injection wants is returned and assigned by the advice. So the advice may suppress everything that is thrown.
 */
public abstract class Gate {
    /** Null while the agent is dormant. */
    public static volatile Gate open;

    // The points, as woven code names them: constants that javac copies into the advice.
    public static final int SESSION_CREATE = 1;
    public static final int SESSION_READ = 2;
    public static final int SESSION_SAVE = 3;
    public static final int SESSION_DELETE = 4;
    public static final int SESSION_SET = 5;
    public static final int SESSION_RENAME = 6;
    public static final int COMMAND_WRITE = 7;
    public static final int COMMAND_ENCODE = 8;
    public static final int COMMAND_AWAIT = 9;
    public static final int REQUEST = 10;
    public static final int RESPONSE_COMMIT = 11;
    public static final int SHUTDOWN_EXIT = 12;
    public static final int SHUTDOWN_END = 13;
    public static final int SHUTDOWN_HALT = 14;
    public static final int HOOKS_RUN = 15;
    public static final int HOOK_ADD = 16;
    public static final int RUNTIME_EXIT = 17;
    public static final int RUNTIME_HALT = 18;

    /**
     * Before the body.
     *
     * @param point one of the constants above
     * @param self the object whose method was called, null for a static method
     * @param id session id or what the point calls its name; null for none
     * @return a token for the calls below, or null if there is nothing more to do
     */
    public abstract Object enter(int point, Object self, String id, Object first, Object second);

    /** Whether the body must not run. */
    public abstract boolean skips(Object token);

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

    /**
     * After the body.
     *
     * @param result what the body returned, null if nothing
     * @param id session id as far as the result tells it, or null
     * @param thrown what the body threw, or null
     * @return what the caller must see as thrown: {@code thrown} itself unless an injection wants another
     */
    public abstract Throwable exit(Object token, Object result, String id, Throwable thrown);

    /**
     * How many of a command's encoded bytes may leave the process before it halts.
     *
     * @param length of the encoded command
     * @return -1 to proceed as if nothing were
     */
    public abstract int cut(Object token, int length);

    /** Ends the process at once. */
    public abstract void halt(Object token);

    /** An error of ours in woven code, already kept away from the host. */
    public abstract void failed(Throwable error);

    /** Where the advice's suppression ends: no error of ours may reach the host, not even one about an error. */
    public static void suppressed(Throwable error) {
        try {
            Gate gate = open;
            if (gate != null) {
                gate.failed(error);
            }
        } catch (Throwable ignored) {
            // Nothing is left that could be done with it.
        }
    }
}
