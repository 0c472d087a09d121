package dev.midwrite.controller.cli;

import dev.midwrite.controller.serve.FleetListener;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.TraceParent;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A line for each thing that happens to a controller's fleet, and for each fault that journals announce. Thread-safe. */
final class FleetLog implements FleetListener, RecordListener {
    /** Requests whose trace is remembered until a fault strikes them. */
    private static final int REQUESTS = 10_000;

    private final PrintWriter err;
    private final LogFormat format;
    private final Map<Long, String> traces = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > REQUESTS;
        }
    };

    FleetLog(PrintWriter err, LogFormat format) {
        this.err = err;
        this.format = format;
    }

    @Override
    public void joined(FleetNode node) {
        tell(
                Level.INFO,
                node,
                "connected, agent " + node.agentVersion() + ", JDK " + node.jdk() + ", process " + node.pid());
    }

    @Override
    public void left(FleetNode node) {
        tell(Level.WARNING, node, "connection ended");
    }

    @Override
    public void recording(FleetNode node, boolean on) {
        tell(Level.INFO, node, on ? "recording" : "recording ended");
    }

    @Override
    public void armed(FleetNode node, Injection injection, Armed answer) {
        boolean refused = !answer.getRefusal().isEmpty();
        tell(
                refused ? Level.WARNING : Level.INFO,
                node,
                "injection " + Integer.toUnsignedString(injection.getId())
                        + (refused ? " refused: " + answer.getRefusal() : " armed"));
    }

    @Override
    public void lifted(FleetNode node, Lifted lifted) {
        tell(
                Level.INFO,
                node,
                "injection " + Integer.toUnsignedString(lifted.getInjection()) + " lifted ("
                        + lifted.getCause().name().replace("CAUSE_", "").toLowerCase(Locale.ROOT) + "), applied "
                        + lifted.getCounts().getApplied());
    }

    @Override
    public synchronized void stored(String node, long incarnation, EventRecord event, String point) {
        if (event.type() == EventType.OPERATION && event.edge() == Edge.BEFORE && event.request() != 0) {
            String trace = new String(event.payload(), StandardCharsets.US_ASCII);
            if (TraceParent.isTraceId(trace)) {
                traces.put(event.request(), trace);
            }
        } else if (event.type() == EventType.FAULT) {
            FaultKind.known(event.outcome())
                    .ifPresent(kind -> print(LogLine.now(
                                    Level.WARNING,
                                    kind.label() + " at " + point + ", injection "
                                            + Integer.toUnsignedString(event.injection()))
                            .of("", node, traces.getOrDefault(event.request(), ""))));
        }
    }

    /** What is the matter with the controller itself. */
    void warn(String sentence) {
        print(LogLine.now(Level.WARNING, sentence));
    }

    private void tell(Level level, FleetNode node, String message) {
        print(LogLine.now(level, message).of("", node.name(), ""));
    }

    synchronized void print(LogLine line) {
        err.println(line.in(format));
        err.flush();
    }
}
