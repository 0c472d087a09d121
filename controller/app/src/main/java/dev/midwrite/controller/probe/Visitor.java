package dev.midwrite.controller.probe;

import dev.midwrite.controller.users.BrowserCookies;
import dev.midwrite.controller.users.UnreturnedCookie;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One user of a probe that is looked at: asks, and keeps cookies as a browser would. Used by one thread. */
final class Visitor {
    private final ProbeConnection connection;
    private final URI probe;
    private final boolean tlsTerminated;
    private final AtomicLong requests;
    private final BrowserCookies cookies;
    private final List<UnreturnedCookie> unreturned = new ArrayList<>();
    private String lastRequest = "";

    /** @param requests the last request id given, shared by all visitors */
    Visitor(ProbeConnection connection, URI probe, boolean tlsTerminated, AtomicLong requests) {
        this(connection, probe, tlsTerminated, requests, new BrowserCookies(tlsTerminated));
    }

    private Visitor(
            ProbeConnection connection, URI probe, boolean tlsTerminated, AtomicLong requests, BrowserCookies cookies) {
        this.connection = connection;
        this.probe = probe;
        this.tlsTerminated = tlsTerminated;
        this.requests = requests;
        this.cookies = cookies;
    }

    /** Somebody with the cookies as they are now. */
    Visitor twin() {
        return new Visitor(connection, probe, tlsTerminated, requests, cookies.copy());
    }

    /** Somebody with no cookies yet. */
    Visitor stranger() {
        return new Visitor(connection, probe, tlsTerminated, requests);
    }

    /** Cookies so far that a browser would not send back. */
    List<UnreturnedCookie> unreturned() {
        return unreturned;
    }

    /** What goes with the next request; empty if nothing does. */
    String cookieHeader() {
        return cookies.header(URI.create(probe + "/alive"));
    }

    /** Id of the request before. */
    String lastRequest() {
        return lastRequest;
    }

    /** A request that must be answered with 200. */
    ProbeReply ask(String method, String path) throws InterruptedException {
        lastRequest = HexFormat.of().toHexDigits(requests.incrementAndGet());
        return again(method, path);
    }

    /** With the id of the request before. */
    ProbeReply again(String method, String path) throws InterruptedException {
        ProbeReply reply = send(method, path, lastRequest);
        if (reply.status() != 200) {
            throw new Unmet(method + " " + path + ": " + shown(reply));
        }
        return reply;
    }

    /** Any request, and whatever comes. */
    ProbeReply send(String method, String path, String request) throws InterruptedException {
        URI uri = URI.create(probe + path);
        try {
            ProbeReply reply = connection.ask(method, uri, request, cookies.header(uri), tlsTerminated, Map.of());
            unreturned.addAll(cookies.receive(uri, uri, reply.cookies()));
            return reply;
        } catch (IOException e) {
            throw new Unmet(method + " " + path + ": no answer, "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    /** Status, where it leads, and the first line. */
    static String shown(ProbeReply reply) {
        String to = reply.header("Location");
        return reply.status() + (to.isEmpty() ? "" : " to " + to) + " " + reply.firstLine();
    }
}
