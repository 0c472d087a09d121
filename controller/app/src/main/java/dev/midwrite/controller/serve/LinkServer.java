package dev.midwrite.controller.serve;

import dev.midwrite.controller.Problem;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.LinkGrpc;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Listens for agents and for operators, without encryption and therefore on loopback only. */
public final class LinkServer implements AutoCloseable {
    /** A batch of the longest frames must fit. */
    private static final int MAX_MESSAGE_BYTES = 32 << 20;

    private static final long CLOSE_SECONDS = 2;

    private final Fleet fleet;
    private final String host;
    private final Server server;

    private LinkServer(Fleet fleet, String host, Server server) {
        this.fleet = fleet;
        this.host = host;
        this.server = server;
    }

    /**
     * Listens on 127.0.0.1.
     *
     * @param port 0 for any free one
     * @throws Problem if the port is in use
     */
    public static LinkServer start(Fleet fleet, int port) {
        return start(fleet, "127.0.0.1", port);
    }

    /**
     * Listens on an address of this machine's loopback.
     *
     * @param port 0 for any free one
     * @throws Problem if the host is another, or the port is in use
     */
    public static LinkServer start(Fleet fleet, String host, int port) {
        InetSocketAddress address = loopback(host, port);
        QuietNetty.settle();
        Server server = NettyServerBuilder.forAddress(address)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(new Agents(fleet))
                .addService(new OperatorService(fleet))
                .build();
        try {
            return new LinkServer(fleet, host, server.start());
        } catch (IOException e) {
            throw inUse(host, port, e);
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
            socket.bind(loopback(host, port));
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

    /** {@code host:port}. */
    public String address() {
        return host + ":" + server.getPort();
    }

    public int port() {
        return server.getPort();
    }

    /** Lifts all that is armed and closes the streams of all agents; does not close the fleet. Idempotent. */
    @Override
    public void close() {
        fleet.liftAtTheEnd();
        server.shutdownNow();
        try {
            boolean ended = server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            assert ended : "shutdownNow cancels every call";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetSocketAddress loopback(String host, int port) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            if (!Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
                throw new Problem("The link has no encryption yet, so the controller listens on loopback only, not on "
                        + host + "; use an ssh tunnel for agents elsewhere.");
            }
            return new InetSocketAddress(addresses[0], port);
        } catch (UnknownHostException e) {
            throw new Problem("There is no host " + host + " to listen on.", e);
        }
    }

    private static final class Agents extends LinkGrpc.LinkImplBase {
        private final Fleet fleet;

        Agents(Fleet fleet) {
            this.fleet = fleet;
        }

        @Override
        public StreamObserver<AgentMessage> connect(StreamObserver<ControllerMessage> out) {
            return new NodeLink(fleet, out);
        }
    }
}
