package dev.midwrite.controller.proxy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.nodes.FreePorts;
import dev.midwrite.controller.nodes.Programs;
import dev.midwrite.controller.nodes.ProxyProcess;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.controller.users.Entrance;
import dev.midwrite.controller.users.Router.Target;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * An nginx of this machine, as a process of the run's own: on loopback, with its files in the run's directory. Thread-safe; who
 * changes the rotation waits until nginx has.
 */
public final class Nginx implements Entrance {
    /** Where distributions put it, which is not on everybody's {@code PATH}. */
    private static final List<String> ELSEWHERE = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin");

    private static final String UNRELIABLE = "nginx cannot be relied on. ";
    private static final String WORKER_LEAVES = "gracefully shutting down";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** nginx tells nobody when it listens, or when a worker has heard of a reload: its port and its log are looked at. */
    private static final long POLL_MILLIS = 5;

    private final Path program;
    private final Path directory;
    private final Routing routing;
    private final int port;
    private final ProxyProcess process;
    private final Reaper reaper;
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private List<Target> asked = List.of();
    private volatile boolean closed;

    private Nginx(Path program, Path directory, Routing routing, int port, ProxyProcess process, Reaper reaper) {
        this.reaper = reaper;
        this.program = program;
        this.directory = directory;
        this.routing = routing;
        this.port = port;
        this.process = process;
    }

    /** @throws Problem if this machine has none */
    public static Path require() {
        return require(System.getenv().getOrDefault("PATH", "")
                + File.pathSeparator
                + String.join(File.pathSeparator, ELSEWHERE));
    }

    static Path require(String path) {
        return Programs.find("nginx", path)
                .orElseThrow(() ->
                        new Problem("Users are to go through nginx, and there is no program nginx on the PATH or in "
                                + String.join(", ", ELSEWHERE)
                                + ": install it (its service need not run), or leave 'through' out."));
    }

    /**
     * Starts it; no node is asked yet.
     *
     * @param directory of its own
     * @throws Problem if it does not listen in time
     */
    public static Nginx start(Path directory, Routing routing, Reaper reaper) throws InterruptedException {
        Path program = require();
        int port = FreePorts.take();
        try {
            PrivateFiles.directory(directory);
            write(directory, new NginxConfiguration(port, user(), routing, List.of()));
        } catch (IOException e) {
            throw new Problem("The directory " + directory + " cannot be used: " + e.getMessage() + ".", e);
        }
        ProxyProcess process = ProxyProcess.start(words(program, directory), directory, reaper);
        Nginx nginx = new Nginx(program, directory, routing, port, process, reaper);
        boolean listens = false;
        try {
            nginx.await(nginx::listens, "It did not listen at port " + port);
            listens = true;
            return nginx;
        } finally {
            if (!listens) {
                nginx.close();
            }
        }
    }

    private static List<String> words(Path program, Path directory) {
        return List.of(program.toString(), "-p", directory.toAbsolutePath() + "/", "-c", NginxConfiguration.FILE);
    }

    /** A worker of root's would be somebody who may not read what is the run's alone. */
    private static String user() {
        return System.getProperty("user.name").equals("root") ? "root" : "";
    }

    private static void write(Path directory, NginxConfiguration configuration) throws IOException {
        Files.writeString(directory.resolve(NginxConfiguration.FILE), configuration.text());
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public synchronized void ask(List<Target> nodes) {
        if (closed || !process.alive() || nodes.equals(asked)) {
            return;
        }
        asked = List.copyOf(nodes);
        try {
            long before = left();
            write(directory, new NginxConfiguration(port, user(), routing, asked));
            String said = ProxyProcess.tell(reload(), directory, PATIENCE);
            if (!said.isEmpty()) {
                throw new Problem("It could not be reloaded: " + said);
            }
            await(() -> left() > before, "The worker of before still takes requests");
        } catch (Problem e) {
            fails(e.getMessage());
        } catch (IOException e) {
            fails("Its files cannot be used: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fails(String sentence) {
        if (process.alive()) {
            broken.add(UNRELIABLE + sentence);
        }
    }

    private List<String> reload() {
        return Stream.concat(words(program, directory).stream(), Stream.of("-s", "reload"))
                .toList();
    }

    /** How many workers have been told to take no requests any more, and know. */
    private long left() {
        try {
            return Files.readString(directory.resolve(NginxConfiguration.ERRORS))
                    .lines()
                    .filter(line -> line.contains(WORKER_LEAVES))
                    .count();
        } catch (IOException e) {
            throw new Problem("Its log cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private interface Seen {
        boolean now();
    }

    private void await(Seen seen, String otherwise) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.now()) {
            if (!process.alive()) {
                throw new Problem("nginx has ended. " + process.lastWords());
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new Problem(otherwise + " after " + PATIENCE.toSeconds() + " s. " + process.lastWords());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    @Override
    public List<String> broken() {
        // Ctrl-C reaches it as it reaches this JVM: that it ended with the run is nothing against the run.
        return closed || process.alive() || reaper.ending()
                ? List.copyOf(broken)
                : Stream.concat(broken.stream(), Stream.of(UNRELIABLE + "It has ended. " + process.lastWords()))
                        .toList();
    }

    @Override
    public void close() {
        closed = true;
        process.close();
    }
}
