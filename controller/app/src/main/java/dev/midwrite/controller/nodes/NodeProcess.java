package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.serve.FleetNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One node as a process of ours. Thread-safe. */
public final class NodeProcess implements Node {
    private static final Duration STOP_AT_THE_END = Duration.ofSeconds(2);
    private static final long BIND_AGAIN_MILLIS = 200;
    private static final int TOLD_LINES = 5;
    /** How servers say that the port is taken: the JDK, Spring Boot. */
    private static final Pattern PORT_TAKEN = Pattern.compile(
            "address already in use|port \\d+ (was|is) already in use|BindException", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final NodesSpec spec;
    private final NodeSetting setting;
    private final NodeListener listener;
    private final ReentrantLock operation = new ReentrantLock();
    private final Object launching = new Object();
    private volatile Start current = new Start(0, null, null);
    private volatile String version = "";
    private volatile int port;
    private volatile long incarnation;
    private volatile boolean portIsKnown;
    private boolean ended;

    /** One start of the process. */
    private static final class Start {
        private final int number;
        private final ProcessTree process;
        private final Path log;
        private volatile boolean ready;
        private volatile boolean asked;
        /** Done when the listener knows of the exit; who stops a node may rely on that. */
        private volatile CompletableFuture<Void> observed = CompletableFuture.completedFuture(null);

        Start(int number, ProcessTree process, Path log) {
            this.number = number;
            this.process = process;
            this.log = log;
        }

        boolean alive() {
            return process != null && process.alive();
        }
    }

    NodeProcess(String name, NodesSpec spec, NodeSetting setting, NodeListener listener) {
        this.name = name;
        this.spec = spec;
        this.setting = setting;
        this.listener = listener;
    }

    @Override
    public String name() {
        return name;
    }

    /** The same for all starts since the first that became ready; 0 before the first. */
    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:<port>}. */
    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public boolean alive() {
        return current.alive();
    }

    @Override
    public boolean ready() {
        Start start = current;
        return start.ready && !start.asked && start.alive();
    }

    @Override
    public int starts() {
        return current.number;
    }

    @Override
    public boolean ours() {
        return true;
    }

    /** The agent's incarnation of the present or last start; 0 without an agent. */
    public long incarnation() {
        return incarnation;
    }

    @Override
    public Path log() {
        return current.log;
    }

    /** Whether the command loads the agent; without it, a node is only started, stopped and used. */
    public boolean hasAgent() {
        return command().hasAgent();
    }

    @Override
    public void start() throws InterruptedException {
        operation.lockInterruptibly();
        try {
            if (alive()) {
                return;
            }
            long deadline = System.nanoTime() + spec.readyTimeout().toNanos();
            while (!tryStart(deadline)) {
                // Connections of the killed process, or of a stranger, may hold a kept port for a moment.
                Thread.sleep(BIND_AGAIN_MILLIS);
            }
        } finally {
            operation.unlock();
        }
    }

    @Override
    public void stop() throws InterruptedException {
        terminate(spec.stopTimeout());
    }

    @Override
    public boolean terminate(Duration grace) throws InterruptedException {
        operation.lockInterruptibly();
        try {
            Start start = current;
            boolean inTime = true;
            if (start.alive()) {
                start.asked = true;
                inTime = start.process.stop(grace);
                start.observed.join();
            }
            return inTime;
        } finally {
            operation.unlock();
        }
    }

    @Override
    public void version(String name) {
        version = name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void kill() throws InterruptedException {
        operation.lockInterruptibly();
        try {
            Start start = current;
            if (start.alive()) {
                start.asked = true;
                start.process.kill();
                start.observed.join();
            }
        } finally {
            operation.unlock();
        }
    }

    @Override
    public void restart() throws InterruptedException {
        operation.lockInterruptibly();
        try {
            stop();
            start();
        } finally {
            operation.unlock();
        }
    }

    /** Stops it, whatever other operations are under way, and lets it never start again. */
    void end() throws InterruptedException {
        Start start;
        synchronized (launching) {
            ended = true;
            start = current;
        }
        if (start.alive()) {
            start.asked = true;
            start.process.stop(STOP_AT_THE_END);
        }
    }

    private NodeCommand command() {
        return new NodeCommand(name, spec.as(version), setting);
    }

    /** @return false if it could not have its port and may try again */
    private boolean tryStart(long deadline) throws InterruptedException {
        if (!portIsKnown) {
            port = FreePorts.take();
        }
        long previous = lastIncarnation();
        Start start = launch();
        try {
            new Readiness(this, setting.fleet(), start.process, previous, spec, hasAgent()).await(deadline);
            incarnation = hasAgent() ? lastIncarnation() : 0;
            portIsKnown = true;
            start.ready = true;
        } catch (Problem e) {
            if (!start.process.alive() && portWasTaken(start) && System.nanoTime() < deadline) {
                return false;
            }
            if (!start.process.alive() && !start.asked) {
                listener.exited(exit(start, start.process.root().exitValue(), startedIncarnation(previous)));
            }
            throw told(start, e);
        } finally {
            if (!start.ready) {
                start.asked = true;
                start.process.kill();
            }
        }
        listener.ready(this);
        long own = incarnation;
        start.observed = start.process
                .root()
                .onExit()
                .thenAccept(process -> listener.exited(exit(start, process.exitValue(), own)));
        return true;
    }

    private Start launch() {
        synchronized (launching) {
            if (ended) {
                throw new Problem("The run has ended, node " + name + " is not started any more.");
            }
            int number = current.number + 1;
            Path log = setting.logs().resolve(name + "." + number + ".log");
            try {
                current = new Start(number, command().run(port, log), log);
                return current;
            } catch (IOException e) {
                throw new Problem("Cannot start node " + name + ": " + e.getMessage(), e);
            }
        }
    }

    private NodeExit exit(Start start, int code, long own) {
        long now = System.nanoTime();
        return new NodeExit(
                name, start.number, own, code, start.asked, now, start.asked ? "" : LastWords.of(code, start.log));
    }

    /** Of a start that may have ended before its agent spoke. */
    private long startedIncarnation(long previous) {
        long last = hasAgent() ? lastIncarnation() : 0;
        return last == previous ? 0 : last;
    }

    private long lastIncarnation() {
        return setting.fleet().node(name).map(FleetNode::incarnation).orElse(0L);
    }

    private static boolean portWasTaken(Start start) {
        return LogTail.of(start.log, 100).stream()
                .anyMatch(line -> PORT_TAKEN.matcher(line).find());
    }

    private static Problem told(Start start, Problem problem) {
        List<String> end = LogTail.of(start.log, TOLD_LINES);
        String log = end.isEmpty() ? " It printed nothing." : " Its log " + start.log + " ends:";
        return new Problem(
                problem.getMessage()
                        + log
                        + end.stream().map(line -> "\n  " + line).collect(Collectors.joining()),
                problem);
    }
}
