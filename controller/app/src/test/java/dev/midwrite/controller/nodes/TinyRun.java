package dev.midwrite.controller.nodes;

import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.plan.ProbePlace;
import dev.midwrite.controller.serve.FakeAgent;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Everything around {@link TinyNode}s: a fleet, a server, a reaper, and a listener that remembers. */
final class TinyRun implements AutoCloseable, NodeListener {
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    final BlockingQueue<String> ready = new LinkedBlockingQueue<>();
    final BlockingQueue<NodeExit> exits = new LinkedBlockingQueue<>();
    final BlockingQueue<String> unseen = new LinkedBlockingQueue<>();
    final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    final BlockingQueue<String> routed = new LinkedBlockingQueue<>();
    final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    final Reaper reaper = Reaper.install();
    final Fleet fleet;
    private final JournalStore journals;
    private final LinkServer server;
    private final NodeSetting setting;
    private Duration stopTimeout = Duration.ofSeconds(30);

    TinyRun(Path directory) throws IOException {
        journals = new JournalStore(directory.resolve("journals"));
        fleet = new Fleet(journals);
        server = LinkServer.start(fleet, 0, FakeAgent.ACCESS);
        setting = new NodeSetting(
                directory,
                directory,
                JAVA,
                agentJar(directory),
                server.port(),
                FakeAgent.TOKEN,
                Map.of("store.host", "127.0.0.1", "store.port", "6379"),
                fleet,
                reaper);
    }

    /** From SIGTERM to SIGKILL; long, because a busy machine takes its time with a node that does stop. */
    TinyRun stopTimeout(Duration timeout) {
        stopTimeout = timeout;
        return this;
    }

    Nodes nodes(String behaviour, String... names) {
        return nodes(
                List.of(
                        "{java}",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TinyNode.class.getName(),
                        "{port}",
                        behaviour),
                names);
    }

    Nodes nodes(List<String> command, String... names) {
        return new Nodes(
                new NodesSpec(
                        List.of(names),
                        command,
                        Map.of("GREETING", "{node} at {store.host}:{store.port}"),
                        "/health",
                        Duration.ofSeconds(60),
                        ProbePlace.mounted("/probe"),
                        stopTimeout,
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()),
                setting,
                this);
    }

    int port() {
        return server.port();
    }

    NodeExit exit() throws InterruptedException {
        return exits.poll(30, TimeUnit.SECONDS);
    }

    @Override
    public void ready(Node node) {
        ready.add(node.name());
    }

    @Override
    public void exited(NodeExit exit) {
        exits.add(exit);
    }

    @Override
    public void unseen(String sentence) {
        unseen.add(sentence);
    }

    @Override
    public void told(String node, String label, String detail, long nanos) {
        told.add(node + " " + label);
    }

    @Override
    public void routed(Node node, boolean in) {
        routed.add(node.name() + (in ? " in" : " out"));
    }

    @Override
    public void left(String node) {
        left.add(node);
    }

    @Override
    public void close() {
        reaper.close();
        fleet.close();
        server.close();
        journals.close();
    }

    /** Only a manifest; the class comes from the class path. */
    private static Path agentJar(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", TinyAgent.class.getName());
        Path jar = directory.resolve("tiny agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
