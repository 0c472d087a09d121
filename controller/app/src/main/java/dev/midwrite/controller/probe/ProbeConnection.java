package dev.midwrite.controller.probe;

import dev.midwrite.controller.users.WireRequest;
import dev.midwrite.event.RequestHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Sends single requests and hands back what came, whatever it is; never follows a redirect. Thread-safe. */
public final class ProbeConnection {
    private final Duration timeout;
    private final HttpClient client;

    /** @param timeout of one request */
    public ProbeConnection(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * @param request id of the request, sent as its header; none if empty
     * @param cookie the header of this name; none if empty
     * @param forwarded whether to say that a proxy took the request over https
     * @param more headers
     * @throws IOException if no answer comes
     */
    public ProbeReply ask(
            String method, URI uri, String request, String cookie, boolean forwarded, Map<String, String> more)
            throws IOException, InterruptedException {
        return ask(new WireRequest(method, uri, more, "", ""), request, cookie, forwarded);
    }

    /** As above. */
    ProbeReply ask(WireRequest asked, String request, String cookie, boolean forwarded)
            throws IOException, InterruptedException {
        HttpRequest.Builder ask = HttpRequest.newBuilder(asked.uri())
                .timeout(timeout)
                .method(
                        asked.method(),
                        asked.content().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(asked.content()));
        asked.headers().forEach(ask::header);
        if (!asked.type().isEmpty()) {
            ask.header("Content-Type", asked.type());
        }
        if (!request.isEmpty()) {
            ask.header(RequestHeaders.REQUEST, request);
        }
        if (!cookie.isEmpty()) {
            ask.header("Cookie", cookie);
        }
        if (forwarded) {
            ask.header("X-Forwarded-Proto", "https");
        }
        HttpResponse<String> response = client.send(ask.build(), BodyHandlers.ofString());
        return ProbeReply.of(response.statusCode(), response.headers(), response.body());
    }
}
