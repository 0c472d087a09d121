package dev.midwrite.controller.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One address on loopback that stays while the server behind it changes, or is out of reach. Thread-safe; two threads for
 * each connection.
 */
final class Forwarder implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** 0 for nobody. */
    private volatile int target;
    /** Addresses whose connections are not taken. */
    private volatile Set<String> unwelcome = Set.of();

    private Forwarder(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** @param target port on loopback */
    static Forwarder start(int target) throws IOException {
        Forwarder forwarder = new Forwarder(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target);
        thread(forwarder::accept);
        return forwarder;
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on connections lead there; those that are open end. */
    void leadTo(int port) {
        target = port;
        endAll();
    }

    /** Ends all connections and takes no more, until {@link #leadTo}. */
    void cut() {
        leadTo(0);
    }

    /** From now on nobody is let through who comes from one of these addresses; whoever of them is connected is cut off. */
    void turnAway(Set<String> addresses) {
        unwelcome = Set.copyOf(addresses);
        open.stream().filter(this::unwelcome).forEach(Forwarder::quietly);
    }

    private boolean unwelcome(Socket socket) {
        InetAddress from = socket.getInetAddress();
        return from != null && unwelcome.contains(from.getHostAddress());
    }

    @Override
    public void close() {
        target = 0;
        quietly(server);
        endAll();
    }

    private void endAll() {
        open.forEach(Forwarder::quietly);
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // Closed, or a client that has left; the next one is waited for.
            }
        }
    }

    private void connect(Socket client) {
        int to = target;
        open.add(client);
        try {
            if (to == 0 || unwelcome(client)) {
                throw new IOException("cut");
            }
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), to);
            open.add(behind);
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            thread(() -> pump(client, behind));
            thread(() -> pump(behind, client));
            // Cut meanwhile: then nobody else ends these two.
            if (target != to || unwelcome(client)) {
                end(client, behind);
            }
        } catch (IOException e) {
            end(client);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One end has gone, so the other goes, too.
        } finally {
            end(from, to);
        }
    }

    private void end(Socket... sockets) {
        for (Socket socket : sockets) {
            open.remove(socket);
            quietly(socket);
        }
    }

    private static void quietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "midwrite-forwarder");
        thread.setDaemon(true);
        thread.start();
    }
}
