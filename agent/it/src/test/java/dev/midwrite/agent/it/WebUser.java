package dev.midwrite.agent.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One user of a web host, with a session label, request ids and a cookie. */
final class WebUser {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;
    private final long label;
    private String cookie = "";

    WebUser(String port, long label) {
        this.root = "http://127.0.0.1:" + port;
        this.label = label;
    }

    /** The same user with the same cookie, of a host that listens here. */
    WebUser at(String port) {
        WebUser same = new WebUser(port, label);
        same.cookie = cookie;
        return same;
    }

    /** @return the body; the caller expects an answer */
    String get(String path, long request) throws IOException {
        return get(path, request, Map.of());
    }

    /** The value of the session's cookie; empty if there is none. */
    String sessionId() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    /** On another thread, for an answer that a fault holds up. */
    CompletableFuture<String> begin(String path, long request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return get(path, request);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** @return the body; the caller expects an answer */
    String post(String path, long request) throws IOException {
        return send("POST", path, request, Map.of());
    }

    /** @param more headers */
    String get(String path, long request, Map<String, String> more) throws IOException {
        return send("GET", path, request, more);
    }

    private String send(String method, String path, long request, Map<String, String> more) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(root + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("X-Midwrite-Request", HexFormat.of().toHexDigits(request))
                .header("X-Midwrite-Session", HexFormat.of().toHexDigits(label));
        more.forEach(builder::header);
        if (!cookie.isEmpty()) {
            builder.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> answer = http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            answer.headers().firstValue("Set-Cookie").ifPresent(value -> cookie = value.split(";")[0]);
            return answer.body();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
