package dev.midwrite.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * What JUnit says of one test that it has run.
 *
 * @param failure its message, if it failed
 * @param entries what it has published
 */
record TestRun(Optional<String> failure, Map<String, String> entries) {

    /**
     * All tests of a class at the same time, by their methods' names.
     *
     * @param directory for the runs of drills
     */
    static Map<String, TestRun> all(Path directory, Class<?> where) {
        Events events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(where))
                .configurationParameter(Setting.DIRECTORY, directory.toString())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .execute()
                .testEvents();
        Map<String, Map<String, String>> entries = new HashMap<>();
        events.reportingEntryPublished().stream()
                .forEach(event -> entries.computeIfAbsent(method(event), name -> new HashMap<>())
                        .putAll(event.getRequiredPayload(ReportEntry.class).getKeyValuePairs()));
        Map<String, TestRun> runs = new HashMap<>();
        events.finished().stream()
                .forEach(event -> runs.put(
                        method(event),
                        new TestRun(
                                event.getRequiredPayload(TestExecutionResult.class)
                                        .getThrowable()
                                        .map(Throwable::getMessage),
                                entries.getOrDefault(method(event), Map.of()))));
        return runs;
    }

    private static String method(Event event) {
        return ((MethodSource) event.getTestDescriptor().getSource().orElseThrow()).getMethodName();
    }
}
