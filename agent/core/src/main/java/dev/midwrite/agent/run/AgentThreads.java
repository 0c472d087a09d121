package dev.midwrite.agent.run;

import java.util.ArrayList;
import java.util.List;

/** Threads of ours: daemons, named, and without the host's class loader hanging on them. */
final class AgentThreads {
    private static final String PREFIX = "midwrite-";
    private static final ClassLoader OURS = AgentThreads.class.getClassLoader();

    private AgentThreads() {}

    static Thread start(String name, Runnable body) {
        Thread thread = new Thread(body, PREFIX + name);
        thread.setDaemon(true);
        thread.setContextClassLoader(AgentThreads.class.getClassLoader());
        thread.start();
        return thread;
    }

    /**
     * Waits until all threads of ours, and of the libraries that we carry, have ended.
     *
     * @return names of those that have not
     */
    static List<String> awaitEnd(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        List<String> left = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (isOurs(thread) && thread != Thread.currentThread()) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                if (thread.isAlive()) {
                    left.add(thread.getName());
                }
            }
        }
        return left;
    }

    private static boolean isOurs(Thread thread) {
        return thread.getContextClassLoader() == OURS
                || thread.getClass().getClassLoader() == OURS
                || thread.getName().startsWith(PREFIX);
    }
}
