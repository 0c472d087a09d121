package dev.midwrite.agent.point;

/** What the call at a point is in an operation on a session. The engine knows roles, and no points. */
public enum Role {
    /**
     * A call that concerns one session as a whole: it opens a scope and owns the steps inside. {@code id}: the session's
     * id. {@code first}: the session object, if it is saved. {@code second}: what the paths of the files contain in which it
     * is kept, if it is in files. At the end: the session object that was made or read, its id.
     */
    OPERATION,
    /**
     * A change of a session object in memory. {@code self}: the object. {@code id}: its id. {@code first}: name of the
     * attribute. {@code second}: the new value. At the end: the new id, if that is what changed.
     */
    CHANGE,
    /**
     * A command that the operation on this thread sends. {@code first}: the command, if its bytes or its reply pass on
     * another thread; else null, and the step lasts as long as the call. {@code second}: the command's name. {@code id}: of
     * a write to a file its path, and it is a step only of an operation that keeps its session there.
     */
    STEP,
    /** A command becomes bytes. {@code first}: the command, or null if this is the thread of the step. */
    BYTES,
    /**
     * The caller waits for the reply of a command. {@code first}: the command; null if it waits for what was made of replies,
     * and its commands have said where those arrive.
     */
    REPLY,
    /**
     * Something arrives or goes on at another thread than the one that began it, such as a change from another node:
     * it is recorded with a scope of its own, within an operation or outside. {@code id}: the session's id. {@code first}:
     * what of a session goes to another node, or the name that both nodes have for it, as text or bytes; null if nothing does.
     * {@code second}: what it is, in the library's words.
     */
    ADOPT,
    /** A request. {@code first}: its id. {@code second}: the label of its session; 16 hex digits each, or null. */
    REQUEST,
    /** The first byte of an answer leaves. */
    COMMIT,
    /** A request reaches what serves it, and the agent may answer in its place. {@code first}: the request. {@code second}: the response. */
    PROBE,
    /** A phase of the process's end. {@code id}: its name, or null. {@code first}: the exit status as an Integer, or null. */
    PHASE,
    /**
     * The last one, in which the JVM runs its shutdown hooks; afterwards none of the host's code runs. {@code self}: what to
     * lock on. {@code first}: the map whose keys are the hooks, none of which has been started.
     */
    LAST_PHASE,
    /** No advice calls: one of the hooks that a {@link #LAST_PHASE} was given runs. */
    HOOK,
    /** No call: the node itself. Nothing passes, and what is armed there begins at once. */
    NODE
}
