package dev.midwrite.agent.run;

import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.link.LinkClient;
import dev.midwrite.agent.link.LinkSettings;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.meter.AgentMeters;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.probe.AgentProbe;
import dev.midwrite.agent.weave.JdkPoints;
import dev.midwrite.agent.weave.WovenPoints;
import java.lang.instrument.Instrumentation;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Brings up the link to the controller once the host's main has begun; runs on a thread of ours. */
final class Connection implements Runnable {
    /** How long a host that ends waits for its last records to be acknowledged; the next incarnation sends the rest. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final AgentOptions options;
    private final String version;
    private final Instrumentation instrumentation;
    private final Catalogue catalogue;
    private final WovenPoints points;
    private final JdkPoints jdk;
    private final CountDownLatch mainBegan;
    private final AtomicReference<LinkClient> link = new AtomicReference<>();
    private final AtomicReference<AgentMeters> meters = new AtomicReference<>();
    private final AtomicReference<GateKeeper> gate = new AtomicReference<>();
    private Thread starting;

    Connection(
            AgentOptions options,
            String version,
            Instrumentation instrumentation,
            Catalogue catalogue,
            WovenPoints points,
            JdkPoints jdk,
            CountDownLatch mainBegan) {
        this.options = options;
        this.version = version;
        this.instrumentation = instrumentation;
        this.catalogue = catalogue;
        this.points = points;
        this.jdk = jdk;
        this.mainBegan = mainBegan;
    }

    void start() {
        starting = AgentThreads.start("start", this);
    }

    /** Sends what is journaled, as far as the controller takes it, and ends all that {@link #run} has begun. */
    void close() throws InterruptedException {
        starting.interrupt();
        starting.join();
        LinkClient client = link.get();
        if (client != null) {
            client.flush(FAREWELL);
            client.close();
            gate.get().close();
        }
        AgentMeters served = meters.get();
        if (served != null) {
            served.close();
        }
    }

    @Override
    public void run() {
        try {
            mainBegan.await();
            Injections injections = new Injections(options.policy());
            AgentMeters counts = new AgentMeters(points::reports, injections);
            meters.set(counts);
            if (options.metricsPort() != 0) {
                counts.serve(options.metricsPort());
            }
            GateKeeper keeper = new GateKeeper(
                    instrumentation,
                    catalogue,
                    jdk,
                    key -> options.probe()
                            ? new AgentProbe(options.node(), key, () -> injections.leaseLeft() > 0)
                            : null,
                    this::farewell);
            gate.set(keeper);
            LinkClient client = new LinkClient(settings(), injections, points::reports, keeper, counts);
            link.set(client);
            client.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            AgentLog.warn("the link did not start; the agent stays dormant", e);
        }
    }

    private void farewell() {
        LinkClient client = link.get();
        if (client != null) {
            client.flush(FAREWELL);
        }
    }

    private LinkSettings settings() {
        return new LinkSettings(
                version,
                options.node(),
                incarnation(),
                options.controllerHost(),
                options.controllerPort(),
                options.identity(),
                options.journal().toPath(),
                options.journalBytes(),
                options.journalKeep(),
                options.policy(),
                options.killSwitch());
    }

    private static long incarnation() {
        SecureRandom random = new SecureRandom();
        long id = 0;
        while (id == 0) {
            id = random.nextLong();
        }
        return id;
    }
}
