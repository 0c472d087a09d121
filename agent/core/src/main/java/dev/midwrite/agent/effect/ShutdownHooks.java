package dev.midwrite.agent.effect;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.scope.Phase;
import dev.midwrite.agent.scope.Scopes;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Lets each shutdown hook of the host pass a point. The JVM starts hooks itself, and nothing that could be woven is called when
 * one begins and ends: so it is given others in their place, each of which starts the host's own thread and waits for it.
 *
 * <p>Thread-safe.
 */
final class ShutdownHooks {
    /** Null if there is none. */
    private final Point point;

    private final Scopes scopes;
    private final HostPassages host;
    private final ObjIntConsumer<Throwable> failed;

    /** @param failed an error of ours, and the number of its point */
    ShutdownHooks(List<Point> points, Scopes scopes, HostPassages host, ObjIntConsumer<Throwable> failed) {
        this.point = points.stream()
                .filter(each -> each.role() == Role.HOOK)
                .findFirst()
                .orElse(null);
        this.scopes = scopes;
        this.host = host;
        this.failed = failed;
    }

    /**
     * The phase in which they run begins.
     *
     * @param lock on which hooks are registered
     * @param hooks a map whose keys and values they are
     */
    Phase begin(Point phase, Object lock, Object hooks) {
        Phase passage = host.phase(phase, null, null, null);
        if (point != null && !passage.skip) {
            replace(lock, hooks);
        }
        return passage;
    }

    @SuppressWarnings("unchecked")
    private void replace(Object lock, Object hooks) {
        Map<Thread, Thread> all = (Map<Thread, Thread>) hooks;
        synchronized (lock) {
            for (Thread hook : all.keySet().toArray(new Thread[0])) {
                if (!isOurs(hook)) {
                    Thread instead = new Thread(() -> run(hook), hook.getName());
                    all.remove(hook);
                    all.put(instead, instead);
                }
            }
        }
    }

    /** The journal has one. A thread inherits its context class loader from the agent's thread that made it. */
    private static boolean isOurs(Thread hook) {
        return hook.getContextClassLoader() == ShutdownHooks.class.getClassLoader();
    }

    private void run(Thread hook) {
        scopes.thread().busy = true; // Nothing on this thread is the host's doing.
        Phase passage = begin(hook);
        Thread.UncaughtExceptionHandler handler = hook.getUncaughtExceptionHandler();
        Throwable[] thrown = new Throwable[1];
        if (passage == null || !passage.skip) {
            hook.setUncaughtExceptionHandler((thread, error) -> {
                thrown[0] = error;
                handler.uncaughtException(thread, error);
            });
            hook.start();
            join(hook);
        }
        Throwable injected = passage == null ? null : end(passage, thrown[0]);
        if (injected != null && injected != thrown[0]) {
            handler.uncaughtException(hook, injected);
        }
    }

    private Phase begin(Thread hook) {
        try {
            return host.phase(point, hook, hook.getName(), null);
        } catch (RuntimeException | LinkageError e) {
            failed.accept(e, point.number());
            return null;
        }
    }

    private Throwable end(Phase passage, Throwable thrown) {
        try {
            return host.exit(scopes.thread(), passage, thrown);
        } catch (RuntimeException | LinkageError e) {
            failed.accept(e, point.number());
            return null;
        }
    }

    /** As the JVM waits for its hooks: whatever happens. */
    @SuppressWarnings("ThreadJoinLoop") // It is a loop; the library that it asks for is not used here.
    private static void join(Thread hook) {
        while (hook.isAlive()) {
            try {
                hook.join();
            } catch (InterruptedException e) {
                // Nobody has a reason to.
            }
        }
    }
}
