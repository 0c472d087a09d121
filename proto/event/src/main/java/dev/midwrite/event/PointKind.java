package dev.midwrite.event;

import java.util.Arrays;
import java.util.Optional;

/** What an operation does, whatever library does it; drills select by kind so that they stay portable. */
public enum PointKind implements Code {
    NONE(""),
    SESSION_CREATE("session.create"),
    SESSION_READ("session.read"),
    SESSION_SET("session.set"),
    SESSION_SAVE("session.save"),
    SESSION_DELETE("session.delete"),
    SESSION_RENAME("session.rename"),
    SESSION_EXPIRE("session.expire"),
    STORE_COMMAND("store.command"),
    STORE_BYTES("store.bytes"),
    STORE_COMMIT("store.commit"),
    REPLICA_SEND("replica.send"),
    REPLICA_APPLY("replica.apply"),
    FILE_WRITE("file.write"),
    REQUEST("request"),
    RESPONSE_COMMIT("response.commit"),
    SOCKET_CLOSE("socket.close"),
    SHUTDOWN_HOOK("shutdown.hook"),
    SHUTDOWN_PHASE("shutdown.phase"),
    /** No operation: the JVM itself. */
    NODE("node"),
    /** No operation: what the session layer of a library reads as the time. */
    SESSION_CLOCK("session.clock");

    /** What drills write for both directions between nodes: what is sent and what arrives. */
    public static final String REPLICA = "replica";

    private static final PointKind[] VALUES = values();

    private final String label;

    PointKind(String label) {
        this.label = label;
    }

    @Override
    public int code() {
        return ordinal();
    }

    /** The name in drills and documents, such as {@code session.save}. */
    public String label() {
        return label;
    }

    /** Whether there is another node at its end. */
    public boolean isReplica() {
        return this == REPLICA_SEND || this == REPLICA_APPLY;
    }

    /** Whether no operation passes there: what is armed befalls the node at once. */
    public boolean isOfNode() {
        return this == NODE || this == SESSION_CLOCK;
    }

    public static PointKind of(int code) {
        return Code.of(VALUES, code);
    }

    /** The kind that a drill names, or empty. */
    public static Optional<PointKind> named(String label) {
        return Arrays.stream(VALUES)
                .filter(kind -> kind != NONE && kind.label.equals(label))
                .findFirst();
    }
}
