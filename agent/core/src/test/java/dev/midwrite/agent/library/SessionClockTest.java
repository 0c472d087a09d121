package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.agent.weave.TestWeaver;
import dev.midwrite.event.PointKind;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.session.MapSession;

/** What the session layers of libraries read as the time. */
class SessionClockTest {
    private static final long TWO_HOURS = 7_200_000;

    private final Catalogue catalogue = new Catalogue(Libraries.all());

    /** Of the release that the tests have; the classes of older ones are not there. */
    @ParameterizedTest
    @MethodSource("clocks")
    void everyClassThatIsNamedReadsTheTime(Point clock) throws Exception {
        TestWeaver weaver = new TestWeaver(catalogue);
        List<String> there = new ArrayList<>();
        for (String reader : clock.timeReaders()) {
            String path = reader.replace('.', '/');
            try (InputStream from = getClass().getResourceAsStream("/" + path + ".class")) {
                if (from != null) {
                    weaver.weave(getClass().getClassLoader(), path, from.readAllBytes());
                    there.add(reader);
                }
            }
        }
        assertThat(weaver.reports())
                .filteredOn(report -> report.name().equals(clock.name()))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.state()).isEqualTo(PointReport.State.WOVEN);
                    assertThat(report.classes()).containsExactlyInAnyOrderElementsOf(there);
                });
    }

    @Test
    void aSessionIsAsOldAsItsClockSays() throws Exception {
        int point = clocks().filter(each -> each.name().equals("spring.Session.clock"))
                .findFirst()
                .orElseThrow()
                .number();
        Class<?> woven = new WovenLoader(catalogue, List.of(), MapSession.class).loadClass(MapSession.class.getName());
        Object session = woven.getConstructor().newInstance();
        Method isExpired = woven.getMethod("isExpired");
        assertThat(isExpired.invoke(session)).isEqualTo(false);
        Gate.shift(point, TWO_HOURS);
        try {
            assertThat(isExpired.invoke(session)).isEqualTo(true);
            Gate.shift(point + 1, TWO_HOURS);
            Gate.shift(point, -TWO_HOURS);
            assertThat(isExpired.invoke(session))
                    .as("another's clock is none of its")
                    .isEqualTo(false);
        } finally {
            Gate.shift(point + 1, -TWO_HOURS);
        }
    }

    static Stream<Point> clocks() {
        return new Catalogue(Libraries.all()).all().stream().filter(point -> point.kind() == PointKind.SESSION_CLOCK);
    }
}
