package dev.midwrite.agent.point;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.event.PointKind;

/** The points by number: what the journal, the decider and the controller call them. */
public enum Place {
    SESSION_CREATE(Gate.SESSION_CREATE, "spring.SessionRepository.create", PointKind.SESSION_CREATE),
    SESSION_READ(Gate.SESSION_READ, "spring.SessionRepository.read", PointKind.SESSION_READ),
    SESSION_SAVE(Gate.SESSION_SAVE, "spring.SessionRepository.save", PointKind.SESSION_SAVE),
    SESSION_DELETE(Gate.SESSION_DELETE, "spring.SessionRepository.delete", PointKind.SESSION_DELETE),
    SESSION_SET(Gate.SESSION_SET, "spring.Session.set", PointKind.SESSION_SET),
    SESSION_RENAME(Gate.SESSION_RENAME, "spring.Session.rename", PointKind.SESSION_RENAME),
    COMMAND_WRITE(Gate.COMMAND_WRITE, "lettuce.DefaultEndpoint.write", PointKind.STORE_COMMAND),
    COMMAND_ENCODE(Gate.COMMAND_ENCODE, "lettuce.CommandEncoder.encode", PointKind.STORE_BYTES),
    COMMAND_AWAIT(Gate.COMMAND_AWAIT, "lettuce.Futures.await", PointKind.STORE_COMMAND),
    REQUEST(Gate.REQUEST, "tomcat.CoyoteAdapter.service", PointKind.REQUEST),
    RESPONSE_COMMIT(Gate.RESPONSE_COMMIT, "tomcat.Processor.prepareResponse", PointKind.RESPONSE_COMMIT),
    SHUTDOWN_EXIT(Gate.SHUTDOWN_EXIT, "jvm.Shutdown.exit", PointKind.SHUTDOWN_PHASE),
    SHUTDOWN_END(Gate.SHUTDOWN_END, "jvm.Shutdown.shutdown", PointKind.SHUTDOWN_PHASE),
    SHUTDOWN_HALT(Gate.SHUTDOWN_HALT, "jvm.Shutdown.halt", PointKind.SHUTDOWN_PHASE),
    HOOKS_RUN(Gate.HOOKS_RUN, "jvm.ApplicationShutdownHooks.runHooks", PointKind.SHUTDOWN_PHASE),
    HOOK_ADD(Gate.HOOK_ADD, "jvm.ApplicationShutdownHooks.add", PointKind.SHUTDOWN_HOOK),
    RUNTIME_EXIT(Gate.RUNTIME_EXIT, "jvm.Runtime.exit", PointKind.SHUTDOWN_PHASE),
    RUNTIME_HALT(Gate.RUNTIME_HALT, "jvm.Runtime.halt", PointKind.SHUTDOWN_PHASE);

    private static final Place[] VALUES = values();

    private final int number;
    private final String pointName;
    private final PointKind kind;

    Place(int number, String pointName, PointKind kind) {
        this.number = number;
        this.pointName = pointName;
        this.kind = kind;
    }

    /** The place that the gate calls by this number. */
    static Place of(int number) {
        return VALUES[number - 1];
    }

    /** As in the gate. */
    public int number() {
        return number;
    }

    /** Stable; documents and drills use it. */
    public String pointName() {
        return pointName;
    }

    public PointKind kind() {
        return kind;
    }

    /** Whether the place lies in the JDK itself. */
    public boolean inJdk() {
        return number >= Gate.SHUTDOWN_EXIT;
    }
}
