package dev.midwrite.agent.run;

import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.weave.ClassFilter;
import dev.midwrite.agent.weave.LoadedClasses;
import dev.midwrite.agent.weave.WovenPoints;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the agent has in this JVM, and how it takes it back. Used by one thread at a time. */
final class Presence {
    /** Threads of gRPC rest for a second before they end, those that make held calls for two. */
    private static final long THREADS_NANOS = 10_000_000_000L;

    private final Instrumentation instrumentation;
    private final ClassFilter filter;
    private final WovenPoints points;
    private final Thread weaving;
    /** Null without a controller. */
    private final Connection connection;

    Presence(
            Instrumentation instrumentation,
            ClassFilter filter,
            WovenPoints points,
            Thread weaving,
            Connection connection) {
        this.instrumentation = instrumentation;
        this.filter = filter;
        this.points = points;
        this.weaving = weaving;
        this.connection = connection;
    }

    /**
     * Ends faults and recording first, then all that could begin them again, and gives the host's classes their code back.
     *
     * @return one line: that it has left, and what stays
     */
    String leave() {
        AgentProperties told = AgentProperties.of(instrumentation);
        List<String> stays = new ArrayList<>();
        Set<String> woven = Set.of();
        try {
            if (connection != null) {
                connection.close();
            }
            weaving.interrupt();
            weaving.join();
            instrumentation.removeTransformer(filter);
            woven = points.classes();
            stays.addAll(LoadedClasses.restore(instrumentation, woven));
            stays.addAll(AgentThreads.awaitEnd(THREADS_NANOS));
            HostThreads.forget();
            JdkCaches.forget();
            GateDoor.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stays.add("what it was interrupted at");
        } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
            AgentLog.warn("the agent could not take all of it back", e);
            stays.add(e.toString());
        }
        String line = "left; " + woven.size() + " classes have their own code again"
                + (stays.isEmpty() ? "" : "; what stays: " + String.join(", ", stays));
        AgentLog.info(line);
        AgentLog.close();
        told.gone();
        told.answer(line);
        return line;
    }
}
