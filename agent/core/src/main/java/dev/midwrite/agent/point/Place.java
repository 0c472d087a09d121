package dev.midwrite.agent.point;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.util.EnumSet;
import java.util.Set;

/** The points by number: what the journal, the decider and the controller call them, and which faults they can do. */
public enum Place {
    SESSION_CREATE(Gate.SESSION_CREATE, "spring.SessionRepository.create", PointKind.SESSION_CREATE, Faults.NO_DROP),
    SESSION_READ(Gate.SESSION_READ, "spring.SessionRepository.read", PointKind.SESSION_READ, Faults.NO_DROP),
    SESSION_SAVE(Gate.SESSION_SAVE, "spring.SessionRepository.save", PointKind.SESSION_SAVE, Faults.ALL),
    SESSION_DELETE(Gate.SESSION_DELETE, "spring.SessionRepository.delete", PointKind.SESSION_DELETE, Faults.ALL),
    SESSION_SET(Gate.SESSION_SET, "spring.Session.set", PointKind.SESSION_SET, Faults.PLAIN),
    SESSION_RENAME(Gate.SESSION_RENAME, "spring.Session.rename", PointKind.SESSION_RENAME, Faults.NO_DROP),
    COMMAND_WRITE(Gate.COMMAND_WRITE, "lettuce.DefaultEndpoint.write", PointKind.STORE_COMMAND, Faults.ALL),
    COMMAND_ENCODE(Gate.COMMAND_ENCODE, "lettuce.CommandEncoder.encode", PointKind.STORE_BYTES, Faults.TEAR),
    COMMAND_AWAIT(Gate.COMMAND_AWAIT, "lettuce.Futures.await", PointKind.STORE_COMMAND, Faults.NONE),
    REQUEST(Gate.REQUEST, "tomcat.CoyoteAdapter.service", PointKind.REQUEST, Faults.NO_DROP),
    RESPONSE_COMMIT(
            Gate.RESPONSE_COMMIT, "tomcat.Processor.prepareResponse", PointKind.RESPONSE_COMMIT, Faults.NO_DROP),
    SHUTDOWN_EXIT(Gate.SHUTDOWN_EXIT, "jvm.Shutdown.exit", PointKind.SHUTDOWN_PHASE, Faults.TIME),
    SHUTDOWN_END(Gate.SHUTDOWN_END, "jvm.Shutdown.shutdown", PointKind.SHUTDOWN_PHASE, Faults.TIME),
    SHUTDOWN_HALT(Gate.SHUTDOWN_HALT, "jvm.Shutdown.halt", PointKind.SHUTDOWN_PHASE, Faults.TIME),
    HOOKS_RUN(Gate.HOOKS_RUN, "jvm.ApplicationShutdownHooks.runHooks", PointKind.SHUTDOWN_PHASE, Faults.TIME),
    HOOK_ADD(Gate.HOOK_ADD, "jvm.ApplicationShutdownHooks.add", PointKind.SHUTDOWN_HOOK, Faults.NONE),
    RUNTIME_EXIT(Gate.RUNTIME_EXIT, "jvm.Runtime.exit", PointKind.SHUTDOWN_PHASE, Faults.TIME),
    RUNTIME_HALT(Gate.RUNTIME_HALT, "jvm.Runtime.halt", PointKind.SHUTDOWN_PHASE, Faults.TIME);

    private static final Place[] VALUES = values();

    private final int number;
    private final String pointName;
    private final PointKind kind;

    @SuppressWarnings("ImmutableEnumChecker") // Never written to; the set that says so by its type would load Guava.
    private final Set<FaultKind> faults;

    Place(int number, String pointName, PointKind kind, Set<FaultKind> faults) {
        this.number = number;
        this.pointName = pointName;
        this.kind = kind;
        this.faults = faults;
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

    /** What can be done at this place at all, whatever the edge. */
    public Set<FaultKind> faults() {
        return faults;
    }

    /** Whether the place lies in the JDK itself. */
    public boolean inJdk() {
        return number >= Gate.SHUTDOWN_EXIT;
    }

    private static final class Faults {
        static final Set<FaultKind> NONE = EnumSet.noneOf(FaultKind.class);
        static final Set<FaultKind> TIME = EnumSet.of(FaultKind.DELAY, FaultKind.CRASH);
        static final Set<FaultKind> NO_DROP = EnumSet.of(FaultKind.DELAY, FaultKind.ERROR, FaultKind.CRASH);
        static final Set<FaultKind> PLAIN =
                EnumSet.of(FaultKind.DELAY, FaultKind.ERROR, FaultKind.DROP, FaultKind.CRASH);
        static final Set<FaultKind> TEAR = EnumSet.of(FaultKind.TEAR);
        static final Set<FaultKind> ALL = EnumSet.complementOf(EnumSet.of(FaultKind.NONE));
    }
}
