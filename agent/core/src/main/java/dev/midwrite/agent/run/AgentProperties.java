package dev.midwrite.agent.run;

import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.PointReport;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * What the agent says to whoever attaches: in the JVM's agent properties, which the attach API reads and no application
 * sees. The JDK's own management agent leaves its address in the same place. Thread-safe.
 */
final class AgentProperties {
    /** The start line of the agent that is here; missing while none is. */
    private static final String AGENT = "midwrite.agent";
    /** What came of the last attempt to start an agent, or to let it leave. */
    private static final String ANSWER = "midwrite.answer";
    /** Once the classes that were loaded before an attach are woven: point, state, reason and classes, one point a line. */
    private static final String POINTS = "midwrite.points";

    private static final String PACKAGE = "jdk.internal.vm";

    /** Null where the JVM has none of the kind: then nothing is told. */
    private final Properties properties;

    private AgentProperties(Properties properties) {
        this.properties = properties;
    }

    static AgentProperties of(Instrumentation instrumentation) {
        try {
            GateDoor.open(instrumentation, PACKAGE);
            return new AgentProperties((Properties) Class.forName(PACKAGE + ".VMSupport", true, null)
                    .getMethod("getAgentProperties")
                    .invoke(null));
        } catch (ReflectiveOperationException | RuntimeException e) {
            AgentLog.warn("this JVM has no properties of agents; who attaches is told nothing", e);
            return new AgentProperties(null);
        }
    }

    /** An agent is here. */
    void here(String line) {
        put(AGENT, line);
    }

    /** It is not any more. */
    void gone() {
        if (properties != null) {
            properties.remove(AGENT);
            properties.remove(POINTS);
        }
    }

    void answer(String line) {
        put(ANSWER, line);
    }

    void points(List<PointReport> reports) {
        StringBuilder lines = new StringBuilder();
        for (PointReport report : reports) {
            lines.append(report.name())
                    .append('\t')
                    .append(report.state().name().toLowerCase(Locale.ROOT))
                    .append('\t')
                    .append(report.reason().replaceAll("\\s+", " "))
                    .append('\t')
                    .append(String.join(" ", report.classes()))
                    .append('\n');
        }
        put(POINTS, lines.toString());
    }

    private void put(String key, String value) {
        if (properties != null) {
            properties.put(key, value);
        }
    }
}
