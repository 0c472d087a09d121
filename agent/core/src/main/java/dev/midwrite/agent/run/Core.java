package dev.midwrite.agent.run;

import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.weave.ClassFilter;
import dev.midwrite.agent.weave.JdkPoints;
import dev.midwrite.agent.weave.LoadedClasses;
import dev.midwrite.agent.weave.WovenPoints;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The first class inside the agent's loader.
 *
 * <p>On the host's main thread: options, the gate, the filter on class loading; no lambda, which would wake half of
 * {@code java.lang.invoke}. All the rest waits on a thread of ours until it is needed.
 */
public final class Core {
    /** Null while the agent is not here. */
    private static Presence presence;

    private Core() {}

    /**
     * Starts the agent. Called by the premain, through reflection.
     *
     * @param attached the host's main began before us
     * @return one line for the host's stderr, or empty
     */
    public static String start(String arguments, Instrumentation instrumentation, boolean attached)
            throws IOException, ReflectiveOperationException {
        String line = begin(arguments, instrumentation, attached);
        if (attached) {
            AgentProperties.of(instrumentation).answer(line);
        }
        return line;
    }

    /** Whether there is something to take back. */
    public static boolean isHere() {
        return presence != null;
    }

    /**
     * Takes back what {@link #start} has done. Called by the premain, through reflection, once.
     *
     * @return one line for the host's stderr
     */
    public static String leave() throws InterruptedException {
        String[] line = new String[1];
        // A thread of its own takes with it what libraries put aside on whoever closes them.
        AgentThreads.start("leave", () -> line[0] = presence.leave()).join();
        return line[0];
    }

    private static String begin(String arguments, Instrumentation instrumentation, boolean attached)
            throws IOException, ReflectiveOperationException {
        AgentOptions options;
        try {
            options = AgentOptions.of(arguments, System.getProperties(), System.getenv());
        } catch (OptionException e) {
            return "dormant: " + e.getMessage();
        }
        if (!options.enabled()) {
            return "";
        }
        List<Library> libraries = new ArrayList<>(Libraries.all());
        if (options.points() != null) {
            try {
                libraries.addAll(OwnPoints.read(options.points(), libraries));
            } catch (OptionException e) {
                return "dormant: " + e.getMessage();
            }
        }
        String taken = GateDoor.install(instrumentation);
        if (!taken.isEmpty()) {
            return taken;
        }
        try {
            return moveIn(options, libraries, instrumentation, attached);
        } catch (IOException | RuntimeException | Error e) {
            GateDoor.leave();
            throw e;
        }
    }

    private static String moveIn(
            AgentOptions options, List<Library> libraries, Instrumentation instrumentation, boolean attached)
            throws IOException {
        String line = line(options); // It may fail, and so comes before there is something to take back.
        AgentLog.to(options.log());
        // Byte Buddy must not meet this one for the first time inside a transformation: ClassCircularityError.
        ThreadLocalRandom.current();
        Catalogue catalogue = new Catalogue(libraries);
        WovenPoints points = new WovenPoints(catalogue, options.disabled());
        ClassFilter filter = new ClassFilter(catalogue, points);
        instrumentation.addTransformer(filter, true);
        JdkPoints jdk = new JdkPoints(instrumentation, catalogue, filter);
        if (attached) { // Who attaches asks as soon as this returns.
            AgentProperties.of(instrumentation).here(line);
        }
        Thread weaving = AgentThreads.start("weave", new Runnable() {
            @Override
            public void run() {
                try {
                    AgentProperties told = AgentProperties.of(instrumentation);
                    if (attached) {
                        LoadedClasses.weave(instrumentation, catalogue);
                        if (filter.firstMatch().getCount() == 0) {
                            jdk.weave();
                        }
                        told.points(points.reports());
                    } else {
                        told.here(line);
                    }
                    filter.firstMatch().await();
                    jdk.weave();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        Connection connection = null;
        if (options.hasController()) {
            if (attached) {
                filter.mainBegan().countDown();
            }
            connection =
                    new Connection(options, version(), instrumentation, catalogue, points, jdk, filter.mainBegan());
            connection.start();
        }
        presence = new Presence(instrumentation, filter, points, weaving, connection);
        return line;
    }

    private static String line(AgentOptions options) throws IOException {
        String line = version() + ", node " + options.node() + ", dormant";
        if (options.hasController()) {
            line += " until " + options.controllerHost() + ":" + options.controllerPort() + " speaks";
        }
        String problem = options.policy().problem();
        return problem.isEmpty() ? line : line + "; " + problem + "; no fault is permitted here";
    }

    static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream from = Core.class.getResourceAsStream("version.properties")) {
            properties.load(from);
        }
        return properties.getProperty("version");
    }
}
