package dev.midwrite.controller.users;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks just enough HTTP to break it at any byte. */
final class MisbehavingServer implements AutoCloseable {
    private static final Pattern REQUEST_HEADER = Pattern.compile("(?i)x-midwrite-request: (\\S+)");

    /** What to do with a request that was read. */
    interface Misbehaviour {
        void answer(Exchange exchange) throws IOException;
    }

    /** One request; {@code id} is its request id. */
    record Exchange(Socket socket, String id, String head) {

        void write(String bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** A whole response with the right length. */
        void respond(String status, String headers, String body) throws IOException {
            write("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        }

        String echo() {
            return "X-Midwrite-Request: " + id + "\r\n";
        }

        String alive() {
            return "{\"request\":\"" + id
                    + "\",\"node\":\"node-1\",\"session\":true,\"incarnation\":\"00000000000000ab\",\"value\":null}";
        }

        /** The peer sees a reset, not an end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Misbehaviour misbehaviour;

    MisbehavingServer(Misbehaviour misbehaviour) throws IOException {
        this.misbehaviour = misbehaviour;
        threads.execute(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Request heads, as they came. */
    List<String> heads() {
        return heads;
    }

    long openSockets() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    /** Returns when the test is over: for an answer that never comes. */
    void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the test is over, or this time is. */
    void awaitEnd(Duration most) {
        try {
            closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (!socket.isClosed()) {
                StringBuilder head = new StringBuilder();
                String line;
                while ((line = in.readLine()) != null && !line.isEmpty()) {
                    head.append(line).append('\n');
                }
                if (line == null) {
                    return;
                }
                heads.add(head.toString());
                Matcher id = REQUEST_HEADER.matcher(head);
                misbehaviour.answer(new Exchange(socket, id.find() ? id.group(1) : "", head.toString()));
            }
        } catch (IOException e) {
            // The test's other side ended it.
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
