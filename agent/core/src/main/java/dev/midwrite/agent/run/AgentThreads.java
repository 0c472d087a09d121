package dev.midwrite.agent.run;

/** Threads of ours: daemons, named, and without the host's class loader hanging on them. */
final class AgentThreads {

    private AgentThreads() {}

    static Thread start(String name, Runnable body) {
        Thread thread = new Thread(body, "midwrite-" + name);
        thread.setDaemon(true);
        thread.setContextClassLoader(AgentThreads.class.getClassLoader());
        thread.start();
        return thread;
    }
}
