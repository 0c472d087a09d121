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

/**
 * How a Spring context ends: beans with a lifecycle are stopped, phase by phase, and then all beans are destroyed.
 *
 * <p>A client of a session store is one of these beans, and a container that saves sessions in its end may be another.
 */
final class SpringLifecycle extends Library {
    private static final String PROCESSOR = "org.springframework.context.support.DefaultLifecycleProcessor";
    private static final String GROUP = PROCESSOR + "$LifecycleGroup";
    private static final String REGISTRY = "org.springframework.beans.factory.support.DefaultSingletonBeanRegistry";

    SpringLifecycle() {
        super("springcontext");
        point("LifecycleGroup.stop", PointKind.SHUTDOWN_PHASE, Role.PHASE)
                .in(List.of(GROUP), Call.of("stop", 0), "Group", UsualExit.NAME);
        point("Lifecycle.stop", PointKind.SHUTDOWN_PHASE, Role.PHASE)
                .cannot(FaultKind.DROP, "its phase would wait for it until its time is over, which is fault hang")
                .in(List.of(PROCESSOR), Call.of("doStop", 4), "Stop", UsualExit.NAME)
                .in(List.of(PROCESSOR), Call.of("doStop", 5), "Stop", UsualExit.NAME);
        point("DisposableBean.destroy", PointKind.SHUTDOWN_PHASE, Role.PHASE)
                .in(List.of(REGISTRY), Call.of("destroyBean", 2), "Destroy", UsualExit.NAME);
    }

    /** {@code LifecycleGroup.stop}: all beans of one phase, until each has said that it has stopped or the time is over. */
    static final class Group {
        private Group() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object group,
                @Advice.FieldValue("phase") int phase,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, group, Integer.toString(phase), null, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code doStop}: a bean is asked to stop, and may say later that it has. */
    static final class Stop {
        private Stop() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object processor,
                @Advice.Argument(1) String bean,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, processor, bean, null, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code destroyBean}: a bean's end, after that of those that depend on it. */
    static final class Destroy {
        private Destroy() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object registry,
                @Advice.Argument(0) String bean,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, registry, bean, null, null);
            return token != null && gate.skips(token);
        }
    }
}
