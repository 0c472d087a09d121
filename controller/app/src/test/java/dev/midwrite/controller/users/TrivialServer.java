package dev.midwrite.controller.users;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;

/** Answers every request at once as the probe would, from one thread, so that a benchmark measures its client. */
final class TrivialServer {
    private static final String REQUEST_HEADER = "\r\nx-midwrite-request: ";
    private static final int ID_DIGITS = 16;
    private static final int MOST_BYTES = 4096;

    private TrivialServer() {}

    /** Prints its port, and runs until it is killed. */
    public static void main(String[] args) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listener.configureBlocking(false);
        Selector selector = Selector.open();
        listener.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
        while (true) {
            selector.select();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    accept(listener, selector);
                } else {
                    serve(key);
                }
            }
        }
    }

    private static void accept(ServerSocketChannel listener, Selector selector) throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(MOST_BYTES));
        }
    }

    private static void serve(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer in = (ByteBuffer) key.attachment();
        try {
            if (channel.read(in) < 0) {
                channel.close();
                return;
            }
            String head =
                    StandardCharsets.ISO_8859_1.decode(in.duplicate().flip()).toString();
            if (head.endsWith("\r\n\r\n")) {
                in.clear();
                channel.write(ByteBuffer.wrap(answer(head).getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException e) {
            channel.close();
        }
    }

    private static String answer(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(REQUEST_HEADER);
        int from = at + REQUEST_HEADER.length();
        String id = at < 0 ? "0".repeat(ID_DIGITS) : head.substring(from, from + ID_DIGITS);
        String body = "{\"request\":\"" + id
                + "\",\"node\":\"node-1\",\"session\":true,\"incarnation\":\"00000000000000ab\",\"value\":null}";
        return "HTTP/1.1 200 OK\r\nX-Midwrite-Request: " + id + "\r\n"
                + (head.contains("/create ") ? "Set-Cookie: SESSION=" + id + "; Path=/; HttpOnly\r\n" : "")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
