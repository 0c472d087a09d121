package dev.midwrite.agent.run;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.link.LinkClient;
import dev.midwrite.agent.link.LinkSettings;
import dev.midwrite.agent.link.Recorder;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.OpenGate;
import dev.midwrite.agent.weave.JdkPoints;
import dev.midwrite.agent.weave.WovenPoints;
import dev.midwrite.journal.FrameQueue;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/** Joins the link to the gate: opens it when the controller orders recording, and flushes when the host ends. */
final class Recordings implements Recorder {
    /** A host that stops waits no longer for the controller than this. */
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final Instrumentation instrumentation;
    private final JdkPoints jdk;
    private final LinkClient link;
    private boolean opened;

    private Recordings(Instrumentation instrumentation, JdkPoints jdk, LinkSettings settings, WovenPoints points) {
        this.instrumentation = instrumentation;
        this.jdk = jdk;
        this.link = new LinkClient(settings, new Injections(), points::reports, this, () -> "");
    }

    /** Dials the controller that the options name. Runs on a thread of ours: gRPC wakes half of the JDK. */
    static void dial(
            AgentOptions options, String version, Instrumentation instrumentation, JdkPoints jdk, WovenPoints points) {
        long incarnation;
        SecureRandom random = new SecureRandom();
        do {
            incarnation = random.nextLong();
        } while (incarnation == 0);
        Path killSwitch =
                options.killSwitch() == null ? null : options.killSwitch().toPath();
        LinkSettings settings = new LinkSettings(
                version,
                options.node(),
                incarnation,
                options.controllerHost(),
                options.controllerPort(),
                options.journal().toPath(),
                options.journalBytes(),
                options.journalKeep(),
                options.faults(),
                killSwitch);
        new Recordings(instrumentation, jdk, settings, points).link.start();
    }

    @Override
    public void prepare() {
        if (!opened) {
            opened = true;
            GateDoor.open(instrumentation, FrameQueue.OPENS.toArray(String[]::new));
        }
    }

    @Override
    public String start(Journal journal, Decider decider, byte[] sessionKey) {
        jdk.weave();
        Gate.open = new OpenGate(journal, decider, sessionKey, () -> link.flush(FLUSH));
        AgentLog.info("recording");
        return "";
    }

    @Override
    public void stop() {
        Gate.open = null;
        AgentLog.info("dormant");
    }
}
