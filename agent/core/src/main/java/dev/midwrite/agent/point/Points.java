package dev.midwrite.agent.point;

import java.util.List;

/** All points there are. */
public final class Points {
    /** A class that implements or extends something of Spring Session names it in its constant pool. */
    public static final String SPRING_SESSION = "org/springframework/session/";

    private Points() {}

    public static List<Point> all() {
        return List.of(
                new SpringCreate(),
                new SpringRead(),
                new SpringSave(),
                new SpringDelete(),
                new SpringSet(),
                new SpringRename(),
                new LettuceWrite(),
                new LettuceWriteAll(),
                new LettuceEncode(),
                new LettuceAwait(),
                new TomcatRequest(),
                new TomcatCommit(),
                new JvmPhase(Place.SHUTDOWN_EXIT, "java.lang.Shutdown", "exit"),
                new JvmPhase(Place.SHUTDOWN_END, "java.lang.Shutdown", "shutdown"),
                new JvmPhase(Place.SHUTDOWN_HALT, "java.lang.Shutdown", "halt"),
                new JvmPhase(Place.HOOKS_RUN, "java.lang.ApplicationShutdownHooks", "runHooks"),
                new JvmHook(),
                new JvmPhase(Place.RUNTIME_EXIT, "java.lang.Runtime", "exit"),
                new JvmPhase(Place.RUNTIME_HALT, "java.lang.Runtime", "halt"));
    }
}
