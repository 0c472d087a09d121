package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** The JVM itself: the JDK's own classes through which it ends, and its heap. */
final class Jvm extends Library {
    private static final String SHUTDOWN = "java.lang.Shutdown";
    private static final String RUNTIME = "java.lang.Runtime";
    private static final String HOOKS = "java.lang.ApplicationShutdownHooks";
    private static final String PHASE = "dev.midwrite.agent.library.Jvm$Phase";
    private static final String STAYS = "an exception there would keep the JVM from ending";

    Jvm() {
        super("jvm");
        phase("Shutdown.exit", SHUTDOWN, Call.taking("exit", "int"));
        phase("Shutdown.shutdown", SHUTDOWN, Call.of("shutdown", 0));
        phase("Shutdown.halt", SHUTDOWN, Call.taking("halt", "int"));
        point("ApplicationShutdownHooks.runHooks", PointKind.SHUTDOWN_PHASE, Role.LAST_PHASE)
                .cannot(FaultKind.ERROR, STAYS)
                .in(List.of(HOOKS), Call.of("runHooks", 0), "Hooks", PHASE);
        point("ShutdownHook.run", PointKind.SHUTDOWN_HOOK, Role.HOOK);
        point("ApplicationShutdownHooks.add", PointKind.SHUTDOWN_HOOK, Role.PHASE)
                .onlyRecorded("there a hook is registered, and it runs at jvm.ShutdownHook.run")
                .in(List.of(HOOKS), Call.taking("add", "java.lang.Thread"), "Hook");
        phase("Runtime.exit", RUNTIME, Call.taking("exit", "int"));
        phase("Runtime.halt", RUNTIME, Call.taking("halt", "int"));
        point("Heap", PointKind.NODE, Role.NODE);
    }

    private void phase(String place, String type, Call call) {
        point(place, PointKind.SHUTDOWN_PHASE, Role.PHASE)
                .cannot(FaultKind.DROP, "without it the JVM would not end")
                .cannot(FaultKind.ERROR, STAYS)
                .in(List.of(type), call, "Phase");
    }

    /** A method of the JDK through which a JVM ends. Nothing is thrown there: an exception would stop the exit. */
    static final class Phase {
        private Phase() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.Argument(value = 0, optional = true, typing = Assigner.Typing.DYNAMIC) Object status,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, null, null, status, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate, @Advice.Local("token") Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                gate.exit(token, null, null, thrown);
            }
        }
    }

    /** {@code runHooks}: nobody has started them yet, and none can be registered any more once it has taken them. */
    static final class Hooks {
        private Hooks() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.Origin Class<?> owner,
                @Advice.FieldValue("hooks") Object hooks,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, owner, null, hooks, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code ApplicationShutdownHooks.add}: the JDK's set of hooks is private, so registration is where they show. */
    static final class Hook {
        private Hook() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Point.Here int point, @Advice.Argument(0) Thread hook) {
            Gate gate = Gate.open;
            if (gate == null || hook == null) {
                return false;
            }
            Object token = gate.enter(point, null, hook.getName(), null, null);
            return token != null && gate.skips(token);
        }
    }
}
