package dev.midwrite.event;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Which fault means something at which kind of point, and why the others do not ({@code docs/drills.md}). */
public final class PossibleFaults {
    private static final Set<PointKind> WITH_STEPS = EnumSet.of(
            PointKind.SESSION_CREATE,
            PointKind.SESSION_READ,
            PointKind.SESSION_SAVE,
            PointKind.SESSION_DELETE,
            PointKind.SESSION_RENAME,
            PointKind.SESSION_EXPIRE);
    private static final Set<PointKind> WITH_COMMANDS = EnumSet.of(
            PointKind.SESSION_SAVE,
            PointKind.SESSION_DELETE,
            PointKind.SESSION_RENAME,
            PointKind.SESSION_EXPIRE,
            PointKind.STORE_COMMAND,
            PointKind.STORE_BYTES);

    private static final Map<FaultKind, String> AT_THE_BEGINNING = Map.of(
            FaultKind.DROP, "dropped",
            FaultKind.LAG, "held",
            FaultKind.REORDER, "held",
            FaultKind.DUPLICATE, "taken up again",
            FaultKind.THROTTLE, "slowed down",
            FaultKind.PARTITION, "cut off");

    private PossibleFaults() {}

    /** One sentence why this is impossible at every point of the kind; empty if it is possible at some. */
    public static Optional<String> reason(FaultKind fault, PointKind point, Edge edge) {
        return edgeReason(fault, point, edge).or(() -> pointReason(fault, point).map(why(fault, point)));
    }

    /** One sentence why this is impossible at this edge, whatever the point. */
    public static Optional<String> edgeReason(FaultKind fault, PointKind point, Edge edge) {
        return edgeWhy(fault, point, edge).map(why(fault, point));
    }

    private static UnaryOperator<String> why(FaultKind fault, PointKind point) {
        return reason -> fault.label() + " at " + point.label() + " is impossible: " + reason;
    }

    private static Optional<String> edgeWhy(FaultKind fault, PointKind point, Edge edge) {
        if (fault.isInside() && edge != Edge.INSIDE) {
            return Optional.of("a command is " + (fault == FaultKind.TEAR ? "torn" : "corrupted")
                    + " inside, so 'edge' must be inside");
        }
        if (!fault.isInside() && edge == Edge.INSIDE) {
            return Optional.of("inside a command its bytes can only be cut or changed: faults tear and corrupt");
        }
        if (edge != Edge.BEFORE && AT_THE_BEGINNING.containsKey(fault)) {
            return Optional.of(
                    "what has happened cannot be " + AT_THE_BEGINNING.get(fault) + ", so 'edge' must be before");
        }
        if (edge != Edge.BEFORE && point.isOfNode()) {
            return Optional.of("it is no operation that could end, so 'edge' must be before");
        }
        if (fault == FaultKind.STALE && point == PointKind.SESSION_READ && edge != Edge.STEP) {
            return Optional.of("it is the reply of a command that is exchanged, so 'edge' must be after-step");
        }
        if (fault == FaultKind.STALE && point == PointKind.STORE_COMMAND && edge != Edge.AFTER) {
            return Optional.of("it is the command's reply that is exchanged, so 'edge' must be after");
        }
        if (edge == Edge.STEP && !WITH_STEPS.contains(point)) {
            return Optional.of("this operation has no steps; those with steps are session operations");
        }
        return Optional.empty();
    }

    private static Optional<String> pointReason(FaultKind fault, PointKind point) {
        if (fault.isOfNode() || point.isOfNode()) {
            return nodeReason(fault, point);
        }
        return Optional.ofNullable(
                switch (fault) {
                    case DROP -> dropReason(point);
                    case ERROR -> errorReason(point);
                    case LAG, REORDER -> holdReason(point);
                    case DUPLICATE -> duplicateReason(point);
                    case PARTITION ->
                        point == PointKind.REPLICA_SEND || point == PointKind.REPLICA_APPLY
                                ? null
                                : "there is no other node at its end; that is at replica.send and replica.apply";
                    case STALE ->
                        point == PointKind.SESSION_READ || point == PointKind.STORE_COMMAND
                                ? null
                                : "it reads nothing for which an older copy could stand";
                    case THROTTLE -> throttleReason(point);
                    case CORRUPT ->
                        WITH_COMMANDS.contains(point)
                                ? null
                                : "it sends no command of its own in which a byte could be changed";
                    case TEAR ->
                        WITH_COMMANDS.contains(point)
                                        || point == PointKind.FILE_WRITE
                                        || point == PointKind.REPLICA_SEND
                                ? null
                                : "it sends no command of its own that could be cut";
                    default -> null;
                });
    }

    private static Optional<String> nodeReason(FaultKind fault, PointKind point) {
        if (!fault.isOfNode()) {
            return Optional.of("no operation passes there; what can happen to a "
                    + (point == PointKind.NODE ? "node is pressure" : "clock is clock"));
        }
        PointKind only = fault == FaultKind.PRESSURE ? PointKind.NODE : PointKind.SESSION_CLOCK;
        return point == only
                ? Optional.empty()
                : Optional.of("it befalls the node and no operation; that is at " + only.label());
    }

    private static String dropReason(PointKind point) {
        return switch (point) {
            case SESSION_CREATE, SESSION_READ, SESSION_RENAME ->
                "its caller needs an answer, and there is none without doing it";
            case STORE_BYTES -> "the next reply would be taken for the dropped command's";
            case STORE_COMMIT -> "a transaction without its commit is rolled back, which is fault error";
            case REQUEST, RESPONSE_COMMIT, SOCKET_CLOSE -> "nobody can acknowledge it in its place";
            default -> null;
        };
    }

    private static String holdReason(PointKind point) {
        return switch (point) {
            case SESSION_SAVE, SESSION_DELETE, SESSION_EXPIRE, REPLICA_SEND, REPLICA_APPLY, FILE_WRITE -> null;
            case SESSION_CREATE, SESSION_READ, SESSION_RENAME ->
                "its caller needs an answer, and there is none without doing it";
            case SESSION_SET -> "a change in memory is the application's own; hold the save that takes it to the store";
            case STORE_COMMAND, STORE_BYTES, STORE_COMMIT ->
                "its caller waits for the reply; hold the session's save instead";
            default -> "nobody can acknowledge it in its place";
        };
    }

    private static String duplicateReason(PointKind point) {
        return switch (point) {
            case SESSION_SAVE -> "what a session object has saved once it does not save again";
            case SESSION_DELETE, SESSION_EXPIRE, REPLICA_SEND, REPLICA_APPLY, FILE_WRITE -> null;
            case STORE_BYTES -> "the reply to the second would be taken for the next command's";
            default -> "doing it again means nothing to the store";
        };
    }

    private static String throttleReason(PointKind point) {
        return switch (point) {
            case STORE_BYTES, REPLICA_SEND -> null;
            case STORE_COMMAND -> "its bytes leave at store.bytes; throttle them there";
            case REPLICA_APPLY -> "what arrives has left the other node already; throttle its replica.send";
            default -> "it sends no bytes of its own; that is at store.bytes and replica.send";
        };
    }

    private static String errorReason(PointKind point) {
        return switch (point) {
            case STORE_BYTES -> "an exception in the encoder breaks the connection for all sessions";
            case RESPONSE_COMMIT -> "the answer is on its way already";
            default -> null;
        };
    }
}
