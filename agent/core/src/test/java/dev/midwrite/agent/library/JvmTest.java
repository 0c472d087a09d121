package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Place;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.weave.TestWeaver;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The points of the JDK. Its classes cannot be loaded twice, and to call them ends the JVM: here it is seen that each point
 * is woven, forked tests see what happens.
 */
class JvmTest extends LibraryContract {

    @Override
    Library library() {
        return new Jvm();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return library().points().stream()
                .filter(point -> point.role() != Role.NODE && point.role() != Role.HOOK)
                .collect(Collectors.toMap(Point::name, point -> () -> new Woven(point)));
    }

    @Test
    void whatEndsTheJvmCannotBeDroppedButTheHooksCan() {
        assertThat(library().points())
                .filteredOn(point -> point.reason(dev.midwrite.event.FaultKind.DROP, dev.midwrite.event.Edge.BEFORE)
                        .isEmpty())
                .extracting(Point::name)
                .containsExactlyInAnyOrder("jvm.ApplicationShutdownHooks.runHooks", "jvm.ShutdownHook.run");
    }

    /** A class of the JDK, woven and not loaded. */
    private static final class Woven extends Subject {
        private final String point;
        private final Set<String> types = new LinkedHashSet<>();
        private boolean carries;

        Woven(Point point) {
            this.point = point.name();
            for (Place place : point.places()) {
                types.addAll(place.types());
            }
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[0];
        }

        @Override
        void prepare(WovenLoader loader) {
            carries = false;
        }

        @Override
        void call() throws Exception {
            TestWeaver weaver = new TestWeaver(new Catalogue(Libraries.all()));
            for (String type : types) {
                String path = type.replace('.', '/');
                try (InputStream from = Object.class.getResourceAsStream("/" + path + ".class")) {
                    assertThat(weaver.weave(null, path, from.readAllBytes())).isNotNull();
                }
            }
            carries = weaver.reports().stream()
                    .filter(report -> report.name().equals(point))
                    .allMatch(report -> report.state() == PointReport.State.WOVEN);
        }

        @Override
        boolean isCalled() {
            return false;
        }

        @Override
        boolean bodyRan() {
            return carries;
        }
    }
}
