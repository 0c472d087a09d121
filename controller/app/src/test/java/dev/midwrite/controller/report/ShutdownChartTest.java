package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.history.NodeShutdown;
import dev.midwrite.controller.history.NodeShutdown.Flight;
import dev.midwrite.controller.history.NodeShutdown.Stretch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShutdownChartTest {
    private static final String RUN_HOOKS = "jvm.ApplicationShutdownHooks.runHooks";

    private static NodeShutdown shutdown(boolean killed, List<Stretch> saves) {
        return new NodeShutdown(
                new Replacement(
                        "node-1",
                        SampleRun.at(1),
                        SampleRun.at(2),
                        SampleRun.at(4),
                        SampleRun.at(6),
                        killed,
                        SampleRun.at(9)),
                List.of(
                        new Stretch("jvm.Shutdown.exit", SampleRun.at(4.01), NodeShutdown.NEVER, ""),
                        new Stretch(
                                RUN_HOOKS, SampleRun.at(4.02), killed ? NodeShutdown.NEVER : SampleRun.at(5.9), "")),
                List.of(
                        new Stretch(
                                "SpringApplicationShutdownHook",
                                SampleRun.at(4.03),
                                killed ? NodeShutdown.NEVER : SampleRun.at(5.85),
                                ""),
                        new Stretch("Thread-3", SampleRun.at(4.03), SampleRun.at(4.25), "")),
                saves,
                List.of(
                        new Flight(SampleRun.at(1.5), SampleRun.at(1.9)),
                        new Flight(SampleRun.at(3.9), SampleRun.at(4.5)),
                        new Flight(SampleRun.at(3.95), NodeShutdown.NEVER)),
                200_000);
    }

    private static ReportInput run(List<NodeShutdown> shutdowns) {
        return new ChangedInput(SampleRun.passed()).shutdowns(shutdowns).build();
    }

    @Test
    void anEndInOrderIsTold() {
        NodeShutdown shutdown =
                shutdown(false, List.of(new Stretch("spring.save", SampleRun.at(4.2), SampleRun.at(4.3), "")));
        Chart chart = ShutdownChart.of(run(List.of(shutdown))).get(0);

        assertThat(chart.text().title()).isEqualTo("How node-1 ended, 4.000 s");
        assertThat(chart.text().lead()).contains("give or take 200 µs.").doesNotContain("are drawn");
        assertThat(chart.text().summary())
                .isEqualTo("SIGTERM came 3 s after it was taken out of rotation, with 2 attempts in flight; its process"
                        + " ended 2 s later, with 1 in flight. 1 session save began after the signal. Its 2 shutdown hooks ran side by"
                        + " side, as hooks do: SpringApplicationShutdownHook for 1.82 s, Thread-3 for 220 ms.");
        assertThat(chart.rows())
                .containsExactly(
                        List.of("out of rotation", "-3 s", "", ""),
                        List.of("SIGTERM", "0 s", "", ""),
                        List.of("jvm.Shutdown.exit", "10 ms", "no end", ""),
                        List.of(RUN_HOOKS, "20 ms", "1.88 s", ""),
                        List.of("hook SpringApplicationShutdownHook", "30 ms", "1.82 s", ""),
                        List.of("hook Thread-3", "30 ms", "220 ms", ""),
                        List.of("spring.save", "200 ms", "100 ms", ""),
                        List.of("end of its process", "2 s", "", ""));
        assertThat(chart.picture()).contains("SIGTERM", "routing knows", RUN_HOOKS, "class=\"span\" d=\"M");
        assertThat(ShutdownWords.findings(shutdown)).isEmpty();
    }

    /** A journal has an exception and its causes, one in a line. */
    @Test
    void causesOfAFailedSaveStandInOneSentence() {
        NodeShutdown shutdown = shutdown(
                false,
                List.of(new Stretch(
                        "spring.save", SampleRun.at(4.2), SampleRun.at(4.3), "PoolException\nIOException")));

        assertThat(ShutdownWords.findings(shutdown))
                .singleElement(as(STRING))
                .contains(", with PoolException, caused by IOException. ");
    }

    @Test
    void whatWentWrongIsNamed() {
        NodeShutdown shutdown = shutdown(
                true,
                List.of(
                        new Stretch("spring.save", SampleRun.at(4.2), SampleRun.at(4.3), "IllegalStateException"),
                        new Stretch("spring.save", SampleRun.at(4.4), SampleRun.at(4.5), "IllegalStateException"),
                        new Stretch("spring.save", SampleRun.at(5.5), NodeShutdown.NEVER, "")));

        assertThat(ShutdownWords.findings(shutdown))
                .containsExactly(
                        "2 session saves of node-1 that began after SIGTERM failed, the first 200 ms after it, with"
                                + " IllegalStateException. The last to end before that was Thread-3.",
                        "1 session save of node-1 that began after SIGTERM had not ended when its process did.",
                        "The grace period of node-1 was shorter than its end takes: it was killed 2 s after SIGTERM, and"
                                + " these had not ended: SpringApplicationShutdownHook, begun 30 ms after SIGTERM;"
                                + " jvm.Shutdown.exit, begun 10 ms after SIGTERM; " + RUN_HOOKS
                                + ", begun 20 ms after SIGTERM.");
    }

    @Test
    void ofManyThoseAreShownThatSayMost() {
        List<Stretch> lost =
                List.of(new Stretch("spring.save", SampleRun.at(4.2), SampleRun.at(4.3), "IllegalStateException"));
        List<NodeShutdown> many = IntStream.range(0, 100)
                .mapToObj(i -> shutdown(i == 70, i == 80 ? lost : List.of()))
                .toList();
        assertThat(ShutdownChart.of(run(many)))
                .as("what was killed, what lost a save, and the first ones; in order of time")
                .extracting(chart -> chart.text().key())
                .containsExactly("shutdown-1", "shutdown-2", "shutdown-3", "shutdown-4", "shutdown-71", "shutdown-81");
    }

    /** A Spring context has dozens of beans. */
    @Test
    void ofManyPhasesTheLongestAreDrawnAndAllListed() {
        NodeShutdown before = shutdown(false, List.of());
        List<Stretch> beans = IntStream.range(0, 40)
                .mapToObj(i ->
                        new Stretch("bean-" + i, SampleRun.at(4.1), SampleRun.at(i == 31 ? 5 : 4.1), i == 7 ? "X" : ""))
                .toList();
        NodeShutdown shutdown = new NodeShutdown(
                before.order(), beans, before.hooks(), List.of(), before.flights(), before.clockErrorNanos());
        Chart chart = ShutdownChart.of(run(List.of(shutdown))).get(0);

        assertThat(chart.text().lead()).endsWith(" Of 42 the longest 16 are drawn; the table has all.");
        assertThat(chart.rows()).hasSize(3 + 42);
        assertThat(chart.picture())
                .contains(">bean-31<", ">bean-7<", ">hook Thread-3<")
                .doesNotContain(">bean-39<");
    }

    @Test
    void whatWentWrongIsSeenInThePicture() {
        NodeShutdown killed = shutdown(
                true,
                List.of(
                        new Stretch("spring.save", SampleRun.at(4.2), SampleRun.at(4.3), "IllegalStateException"),
                        new Stretch("spring.save", SampleRun.at(5.5), NodeShutdown.NEVER, "")));
        Chart chart = ShutdownChart.of(run(List.of(killed))).get(0);

        assertThat(chart.picture()).contains(">SIGKILL<").doesNotContain(">ended<");
        assertThat(chart.picture())
                .containsPattern("class=\"bar-fail\"[^>]*><title>spring.save, 4.200 s, failed")
                .containsPattern("class=\"bar-ok\"[^>]*><title>spring.save, 5.500 s<");
        assertThat(chart.rows())
                .contains(
                        List.of("spring.save", "200 ms", "100 ms", "IllegalStateException"),
                        List.of("spring.save", "1.5 s", "no end", ""),
                        List.of("SIGKILL, and its end", "2 s", "", ""));
    }

    @Test
    void withoutTrafficAndJournalTheTimesAreLeft() {
        Replacement order = shutdown(false, List.of()).order();
        NodeShutdown quiet = new NodeShutdown(order, List.of(), List.of(), List.of(), List.of(), 0);
        Chart chart = ShutdownChart.of(run(List.of(quiet))).get(0);

        assertThat(chart.text().lead()).doesNotContain("give or take", "drawn");
        assertThat(chart.text().summary()).contains("with 0 attempts in flight").doesNotContain("save");
        assertThat(chart.picture()).contains(">ended<").doesNotContain("class=\"bar-");
        assertThat(chart.rows()).hasSize(3);
    }
}
