package dev.midwrite.event;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A point that a user describes, in a library that Midwrite does not know.
 *
 * @param store the user's word for what keeps the sessions; the point's name begins with it
 * @param type name of the class with dots, or of one that it extends or implements
 * @param methods their names
 * @param arguments how many they take; -1 for any number
 * @param role what the call is to the agent: {@code operation}, {@code step} or {@code adopt}
 */
public record UserPoint(
        String store,
        PointKind kind,
        String type,
        List<String> methods,
        int arguments,
        String role,
        SessionIdPlace id) {

    /** A call on a session as a whole; it owns the commands inside. */
    public static final String OPERATION = "operation";
    /** A command within an operation, or alone. */
    public static final String STEP = "step";
    /** What another thread or node has begun goes on. */
    public static final String ADOPT = "adopt";

    private static final Map<PointKind, String> ROLES = new EnumMap<>(PointKind.class);
    /** What readers of journals know each kind by; the same ends as of the points that Midwrite knows. */
    private static final Map<PointKind, String> ENDS = new EnumMap<>(PointKind.class);

    static {
        add(PointKind.SESSION_CREATE, OPERATION, "SessionRepository.create");
        add(PointKind.SESSION_READ, OPERATION, "SessionRepository.read");
        add(PointKind.SESSION_SAVE, OPERATION, "SessionRepository.save");
        add(PointKind.SESSION_DELETE, OPERATION, "SessionRepository.delete");
        add(PointKind.SESSION_EXPIRE, OPERATION, "SessionRepository.expire");
        add(PointKind.STORE_COMMAND, STEP, "Store.command");
        add(PointKind.STORE_COMMIT, STEP, "Store.commit");
        add(PointKind.REPLICA_SEND, STEP, "Replica.send");
        add(PointKind.REPLICA_APPLY, ADOPT, "Replica.apply");
    }

    public UserPoint {
        methods = List.copyOf(methods);
    }

    private static void add(PointKind kind, String role, String end) {
        ROLES.put(kind, role);
        ENDS.put(kind, end);
    }

    /** Why no user can describe a point of this kind; empty if they can. */
    public static Optional<String> reason(PointKind kind) {
        if (ROLES.containsKey(kind)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (kind) {
                    case SESSION_SET, SESSION_RENAME ->
                        "which session object changes how is not told by a method's name; describe the save";
                    case REQUEST, RESPONSE_COMMIT -> "a server's own points see requests and their answers";
                    case FILE_WRITE -> "the JDK's own points see what is written to files";
                    case NODE, SESSION_CLOCK -> "no method is called there: it is the node itself";
                    case SHUTDOWN_HOOK, SHUTDOWN_PHASE -> "the JDK's own points see how a JVM ends";
                    default -> "it has no method of its own that could be named";
                });
    }

    /** The role of this kind if the file names none. */
    public static String usualRole(PointKind kind) {
        return ROLES.get(kind);
    }

    /** Stable; drills and documents use it, such as {@code orders.SessionRepository.save}. */
    public String name() {
        return store.concat(".").concat(ENDS.get(kind));
    }
}
