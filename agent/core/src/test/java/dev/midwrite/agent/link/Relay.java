package dev.midwrite.agent.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can swallow all that is sent on it, in both directions, without a word to either side. */
final class Relay implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    /** Connections with a lower number are dead, though they are open. */
    private volatile int firstAlive;

    private volatile boolean swallows;

    Relay(int target) throws IOException {
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Whatever is sent from now on is lost; connections stay open, and new ones are accepted. */
    void swallow() {
        swallows = true;
    }

    /** New connections lead somewhere again; those that lost something stay dead. */
    synchronized void pass() {
        firstAlive = sockets.size();
        swallows = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                int number;
                synchronized (this) {
                    number = sockets.size();
                    sockets.addAll(List.of(client, server));
                }
                daemon(() -> copy(number, client, server));
                daemon(() -> copy(number, server, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void copy(int number, Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!swallows && number >= firstAlive) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // One side is gone, so the other goes too.
        }
    }

    private static void daemon(Runnable body) {
        Thread thread = new Thread(body, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
