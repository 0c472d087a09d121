package dev.midwrite.agent.weave;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.At;
import dev.midwrite.agent.point.Place;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Points;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;

/**
 * Inlines the points' advice with Byte Buddy. Thread-safe.
 *
 * <p>Descriptions come from class files only (POOL_ONLY): looking at loaded classes instead would load some in the
 * middle of another one's transformation, and those would stay without their points.
 */
final class Weaver {
    private static final String NEXUS = "net.bytebuddy.nexus.disabled";

    private final WovenPoints points;
    /** Points woven into the class that this thread transforms; told only when the class is done. */
    private final ThreadLocal<List<Place>> pending = ThreadLocal.withInitial(ArrayList::new);

    private final ClassFileTransformer transformer;

    Weaver(WovenPoints points) {
        this.points = points;
        this.transformer = build();
    }

    byte[] transform(
            Module module, ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes)
            throws IllegalClassFormatException {
        return transformer.transform(module, loader, name, redefined, domain, bytes);
    }

    private ClassFileTransformer build() {
        // Byte Buddy's nexus would use sun.misc.Unsafe, which JDK 24 and later warn about; we do not need it.
        String before = System.setProperty(NEXUS, "true");
        try {
            AgentBuilder builder = new AgentBuilder.Default()
                    .disableClassFormatChanges()
                    .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                    .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
                    .with(new Reporter())
                    .ignore(ElementMatchers.none());
            Advice.ExceptionHandler toGate = suppressor();
            for (Point point : Points.all()) {
                if (!points.isDisabled(point.place())) {
                    builder = builder.type(ElementMatchers.failSafe(point.types()))
                            .transform(new Step(point, toGate));
                }
            }
            return builder.makeRaw();
        } finally {
            if (before == null) {
                System.clearProperty(NEXUS);
            } else {
                System.setProperty(NEXUS, before);
            }
        }
    }

    /** What the advice does with an error of ours: hands it to the gate and goes on. */
    private static Advice.ExceptionHandler suppressor() {
        try {
            StackManipulation call = MethodInvocation.invoke(
                    new MethodDescription.ForLoadedMethod(Gate.class.getMethod("suppressed", Throwable.class)));
            return new Advice.ExceptionHandler.Simple(call);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Step implements AgentBuilder.Transformer {
        private final Point point;
        private final ElementMatcher<MethodDescription> methods;
        private final AgentBuilder.Transformer advice;

        Step(Point point, Advice.ExceptionHandler toGate) {
            this.point = point;
            this.methods = ElementMatchers.failSafe(point.methods());
            this.advice = new AgentBuilder.Transformer.ForAdvice(Advice.withCustomMapping()
                            .bind(At.class, point.place().number()))
                    .include(Weaver.class.getClassLoader())
                    .withExceptionHandler(toGate)
                    .advice(methods, point.advice());
        }

        @Override
        public DynamicType.Builder<?> transform(
                DynamicType.Builder<?> builder,
                TypeDescription type,
                ClassLoader loader,
                JavaModule module,
                ProtectionDomain domain) {
            if (type.getDeclaredMethods().filter(methods).isEmpty()) {
                return builder;
            }
            DynamicType.Builder<?> woven = advice.transform(builder, type, loader, module, domain);
            pending.get().add(point.place());
            return woven;
        }
    }

    private final class Reporter extends AgentBuilder.Listener.Adapter {
        @Override
        public void onTransformation(
                TypeDescription type, ClassLoader loader, JavaModule module, boolean loaded, DynamicType dynamicType) {
            for (Place place : pending.get()) {
                points.woven(place, type.getName());
            }
        }

        @Override
        public void onError(String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable error) {
            for (Place place : pending.get()) {
                points.failed(place, type + ": " + error);
            }
            AgentLog.warn("could not weave " + type, error);
        }

        @Override
        public void onComplete(String type, ClassLoader loader, JavaModule module, boolean loaded) {
            pending.get().clear();
        }
    }
}
