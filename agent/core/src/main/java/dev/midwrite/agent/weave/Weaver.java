package dev.midwrite.agent.weave;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Place;
import dev.midwrite.agent.point.Point;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
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

    private final Catalogue catalogue;
    private final WovenPoints points;
    /** Points woven into the class that this thread transforms; told only when the class is done. */
    private final ThreadLocal<List<Point>> pending = ThreadLocal.withInitial(ArrayList::new);

    private final ClassFileTransformer transformer;

    Weaver(Catalogue catalogue, WovenPoints points) {
        this.catalogue = catalogue;
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
            for (Map.Entry<Carriers, List<Inlining>> each : inlinings().entrySet()) {
                Carriers carriers = each.getKey();
                List<Inlining> woven = each.getValue();
                AgentBuilder.Identified.Extendable with = builder.type(Matchers.types(
                                woven.get(0).place, carriers.library().wrappers()))
                        .transform(woven.get(0));
                for (Inlining more : woven.subList(1, woven.size())) {
                    with = with.transform(more);
                }
                builder = with;
            }
            for (Point point : catalogue.all()) {
                if (!point.timeReaders().isEmpty() && !points.isDisabled(point)) {
                    builder = builder.type(ElementMatchers.namedOneOf(
                                    point.timeReaders().toArray(new String[0])))
                            .transform((with, type, loader, module, domain) ->
                                    with.visit(new TimeReading(point.number(), () -> carries(point))));
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

    /** By where they go: each class is asked once what it extends, however many points lie there. */
    private Map<Carriers, List<Inlining>> inlinings() {
        Map<Carriers, List<Inlining>> all = new LinkedHashMap<>();
        for (Point point : catalogue.all()) {
            if (!points.isDisabled(point)) {
                for (Place place : point.places()) {
                    all.computeIfAbsent(
                                    new Carriers(point.library(), place.types(), place.isSuper()),
                                    key -> new ArrayList<>())
                            .add(new Inlining(point, place));
                }
            }
        }
        return all;
    }

    /** The class that this thread transforms. */
    private void carries(Point point) {
        List<Point> woven = pending.get();
        if (!woven.contains(point)) {
            woven.add(point);
        }
    }

    private record Carriers(Library library, List<String> types, boolean isSuper) {}

    /** What the advice does with an error of ours: hands it to the gate and goes on. */
    private static Advice.ExceptionHandler suppressor(Point point) {
        try {
            StackManipulation call = MethodInvocation.invoke(new MethodDescription.ForLoadedMethod(
                    Gate.class.getMethod("suppressed", Throwable.class, int.class)));
            return new Advice.ExceptionHandler.Simple(
                    new StackManipulation.Compound(IntegerConstant.forValue(point.number()), call));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Inlining implements AgentBuilder.Transformer {
        private final Point point;
        private final Place place;
        private final ElementMatcher<MethodDescription> methods;
        private final AgentBuilder.Transformer advice;
        private Needs needs;

        Inlining(Point point, Place place) {
            this.point = point;
            this.place = place;
            this.methods = Matchers.methods(place.call());
            AgentBuilder.Transformer.ForAdvice from = new AgentBuilder.Transformer.ForAdvice(
                            Advice.withCustomMapping().bind(Point.Here.class, point.number()))
                    .include(Weaver.class.getClassLoader())
                    .withExceptionHandler(suppressor(point));
            this.advice = place.enter().equals(place.exit())
                    ? from.advice(methods, place.enter())
                    : from.advice(methods, place.enter(), place.exit());
        }

        @Override
        public DynamicType.Builder<?> transform(
                DynamicType.Builder<?> builder,
                TypeDescription type,
                ClassLoader loader,
                JavaModule module,
                ProtectionDomain domain) {
            MethodList<?> found = type.getDeclaredMethods().filter(methods);
            if (point.isUsers() && !UserMethods.fit(point, place, type, found, points)) {
                return builder;
            }
            if (found.isEmpty()) {
                return builder;
            }
            Optional<String> missing = needs().missing(type, loader);
            if (missing.isPresent()) {
                points.failed(point, "needs " + missing.get());
                return builder;
            }
            DynamicType.Builder<?> woven = advice.transform(builder, type, loader, module, domain);
            pending.get().add(point);
            return woven;
        }

        private synchronized Needs needs() {
            if (needs == null) {
                needs = new Needs(Set.of(
                        place.enter().equals(place.exit())
                                ? new String[] {place.enter()}
                                : new String[] {place.enter(), place.exit()}));
            }
            return needs;
        }
    }

    private final class Reporter extends AgentBuilder.Listener.Adapter {
        @Override
        public void onTransformation(
                TypeDescription type, ClassLoader loader, JavaModule module, boolean loaded, DynamicType dynamicType) {
            for (Point point : pending.get()) {
                points.woven(point, type.getName());
            }
        }

        @Override
        public void onError(String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable error) {
            for (Point point : pending.get()) {
                points.failed(point, type + ": " + error);
            }
            AgentLog.warn("could not weave " + type, error);
        }

        @Override
        public void onComplete(String type, ClassLoader loader, JavaModule module, boolean loaded) {
            pending.get().clear();
        }
    }
}
