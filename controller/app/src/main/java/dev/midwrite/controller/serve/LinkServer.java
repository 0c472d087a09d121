package dev.midwrite.controller.serve;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.AgentEntrance;
import dev.midwrite.controller.identity.OperatorEntrance;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Listens for agents and for operators; without certificates on loopback only. */
public final class LinkServer implements AutoCloseable {
    /** A batch of the longest frames must fit. */
    private static final int MAX_MESSAGE_BYTES = 32 << 20;

    /** An agent needs one, a command one after the other. */
    private static final int MOST_CALLS = 8;

    private static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(5));

    private static final long CLOSE_SECONDS = 2;

    /**
     * What passes without anything being done about it.
     *
     * @param silence how long a connection lasts on which nothing is asked, and a stream whose agent does not say who it is
     * @param reload how often files of certificates are looked at
     */
    record Patience(Duration silence, Duration reload) {}

    private final Fleet fleet;
    private final String host;
    private final Server server;
    private final ScheduledExecutorService threads;

    private LinkServer(Fleet fleet, String host, Server server, ScheduledExecutorService threads) {
        this.fleet = fleet;
        this.host = host;
        this.server = server;
        this.threads = threads;
    }

    /**
     * Listens on 127.0.0.1.
     *
     * @param port 0 for any free one
     * @throws Problem if the port is in use
     */
    public static LinkServer start(Fleet fleet, int port, Access access) {
        return start(fleet, "127.0.0.1", port, access);
    }

    /**
     * Listens on an address of this machine; without certificates, of its loopback.
     *
     * @param port 0 for any free one
     * @throws Problem if the host is another, or the port is in use
     */
    public static LinkServer start(Fleet fleet, String host, int port, Access access) {
        return start(fleet, host, port, access, USUAL);
    }

    static LinkServer start(Fleet fleet, String host, int port, Access access, Patience patience) {
        InetSocketAddress address = address(host, port, access.certificates().isPresent());
        QuietNetty.settle();
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "midwrite-entrance");
            thread.setDaemon(true);
            return thread;
        });
        try {
            AgentService agents = new AgentService(fleet, access, threads, patience.silence());
            NettyServerBuilder builder = NettyServerBuilder.forAddress(
                    address,
                    access.certificates()
                            .map(files -> files.server(threads, patience.reload(), access.notes()))
                            .orElseGet(InsecureServerCredentials::create));
            long silence = patience.silence().toMillis();
            Server server = builder.maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .permitKeepAliveTime(1, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .maxConnectionIdle(silence, TimeUnit.MILLISECONDS)
                    .handshakeTimeout(silence, TimeUnit.MILLISECONDS)
                    .maxConcurrentCallsPerConnection(MOST_CALLS)
                    .addStreamTracerFactory(fleet.rejections())
                    .addService(
                            access.certificates().isPresent()
                                    ? ServerInterceptors.intercept(agents, new AgentEntrance())
                                    : agents.bindService())
                    .addService(ServerInterceptors.intercept(new OperatorService(fleet), new OperatorEntrance(access)))
                    .build();
            agents.listensAt(server::getPort);
            return new LinkServer(fleet, host, server.start(), threads);
        } catch (IOException e) {
            threads.shutdownNow();
            throw inUse(host, port, e);
        } catch (RuntimeException e) {
            threads.shutdownNow();
            throw e;
        }
    }

    /**
     * Whether agents could dial in there.
     *
     * @throws Problem if the host is not of this machine's loopback, or the port is in use
     */
    public static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address(host, port, false));
        } catch (IOException e) {
            throw inUse(host, port, e);
        }
    }

    private static Problem inUse(String host, int port, IOException e) {
        return new Problem(
                "Cannot listen for agents on " + host + ":" + port
                        + ": the port is in use or not allowed; choose another.",
                e);
    }

    /** {@code host:port}, as it was given. */
    public String endpoint() {
        return host + ":" + server.getPort();
    }

    public int port() {
        return server.getPort();
    }

    /** On which it listens. */
    public InetAddress address() {
        return ((InetSocketAddress) server.getListenSockets().get(0)).getAddress();
    }

    /** Lifts all that is armed and closes the streams of all agents; does not close the fleet. Idempotent. */
    @Override
    public void close() {
        fleet.liftAtTheEnd();
        server.shutdownNow();
        threads.shutdownNow();
        try {
            boolean ended = server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            assert ended : "shutdownNow cancels every call";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetSocketAddress address(String host, int port, boolean isEncrypted) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            if (!isEncrypted && !Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
                throw new Problem("Without certificates a controller listens on loopback only, not on " + host
                        + "; start 'midwrite controller' with --certificate, --key and --ca, or use an ssh tunnel.");
            }
            return new InetSocketAddress(addresses[0], port);
        } catch (UnknownHostException e) {
            throw new Problem("There is no host " + host + " to listen on.", e);
        }
    }
}
