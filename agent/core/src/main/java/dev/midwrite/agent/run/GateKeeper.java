package dev.midwrite.agent.run;

import dev.midwrite.agent.effect.Crash;
import dev.midwrite.agent.effect.OpenGate;
import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.link.Recorder;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.probe.AgentProbe;
import dev.midwrite.agent.weave.JdkPoints;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;
import dev.midwrite.journal.FrameQueue;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Opens the gate when recording starts, and closes it. Called on the link's thread, and at last when that has ended. */
final class GateKeeper implements Recorder {
    private static final byte[] NOTHING = {};

    private final Catalogue catalogue;
    private final JdkPoints jdk;
    private final Function<byte[], AgentProbe> probe;
    private final Runnable hooksEnded;
    private final Instrumentation instrumentation;
    private boolean prepared;
    private Journal current;
    private OpenGate gate;

    /**
     * @param probe makes the probe of a run of its key; gives null where the host permits none
     * @param hooksEnded see {@link OpenGate}
     */
    GateKeeper(
            Instrumentation instrumentation,
            Catalogue catalogue,
            JdkPoints jdk,
            Function<byte[], AgentProbe> probe,
            Runnable hooksEnded) {
        this.instrumentation = instrumentation;
        this.catalogue = catalogue;
        this.jdk = jdk;
        this.probe = probe;
        this.hooksEnded = hooksEnded;
    }

    @Override
    public void prepare() {
        if (!prepared) {
            prepared = true;
            GateDoor.open(instrumentation, FrameQueue.OPENS.toArray(String[]::new));
        }
    }

    @Override
    public String start(Journal journal, Decider decider, byte[] sessionKey, boolean contents) {
        jdk.weave();
        if (note(journal, Edge.BEFORE) < 0) {
            return "the journal takes no record";
        }
        current = journal;
        gate = new OpenGate(
                catalogue, journal, decider, probe.apply(sessionKey), sessionKey, contents, hooksEnded, Crash::now);
        Gate.open = gate;
        AgentLog.info("recording");
        return "";
    }

    @Override
    public Supplier<List<KeptSessions>> look(String map) {
        OpenGate now = gate;
        return now == null ? null : () -> now.look(map);
    }

    @Override
    public void armed(Predicate<Point> isWoven) {
        if (gate != null) {
            gate.node(isWoven);
        }
    }

    @Override
    public void stop() {
        Gate.open = null;
        gate = null;
        if (current != null) {
            note(current, Edge.AFTER);
            current = null;
            AgentLog.info("dormant again");
        }
    }

    /** After the link has closed the journal: ends what its library keeps running in this JVM. */
    void close() {
        if (prepared) {
            FrameQueue.releaseLibrary();
        }
    }

    private static long note(Journal journal, Edge edge) {
        return journal.append(
                EventType.LIFECYCLE,
                0,
                0,
                0,
                0,
                0,
                journal.name("midwrite.recording", PointKind.NONE),
                edge,
                0,
                0,
                0,
                NOTHING);
    }
}
