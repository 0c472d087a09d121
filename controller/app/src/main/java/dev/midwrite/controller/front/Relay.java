package dev.midwrite.controller.front;

import dev.midwrite.controller.front.FrontAttempt.Ending;
import dev.midwrite.controller.front.FrontAttempt.Form;
import dev.midwrite.controller.front.SessionId.Gift;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.event.RequestHeaders;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * One request on its way to a node and back. A node that cannot be reached costs an attempt and the next one is asked; what
 * was sent is not sent again, but for a request that may be, on a kept connection that the node had closed. Not thread-safe.
 */
final class Relay {
    private static final Set<HttpMethod> REPEATABLE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int NO_GATEWAY = 502;
    private static final int NOBODY = 503;
    private static final int SWITCHING = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final FrontParts parts;
    private final HttpServerRequest request;
    private final boolean upgrade;
    private final boolean hasBody;
    private final boolean repeatable;
    private final long session;
    private final long id;
    private int refusals;
    private int attempt;
    private long invoked;
    private int node;
    private HttpClientRequest out;
    private int status;
    private Form form = Form.PLAIN;
    private boolean login;
    private Gift gift = Gift.NONE;
    private boolean told = true;

    Relay(FrontParts parts, HttpServerRequest request) {
        this.parts = parts;
        this.request = request;
        this.upgrade = RelayHeaders.upgradesToWebSocket(request.headers());
        this.hasBody = request.headers().contains("Transfer-Encoding")
                || !RelayHeaders.first(request.headers(), "Content-Length", "0").equals("0");
        this.repeatable = !hasBody && REPEATABLE.contains(request.method());
        this.session = parts.sessionId().of(request.headers());
        long given = RelayHeaders.request(request.headers());
        this.id = given == 0 ? parts.newId() : given;
        this.refusals = parts.router().names().size() - 1;
    }

    void begin() {
        request.pause();
        request.response().closeHandler(gone -> abandoned());
        request.response().exceptionHandler(broken -> abandoned());
        send();
    }

    private void send() {
        attempt++;
        told = false;
        status = 0;
        invoked = parts.clock().now();
        int place = parts.places().of(session);
        Optional<Target> target = parts.router().choose(place, place, parts.newTurn());
        if (target.isEmpty() || refusals < 0) {
            node = 0;
            tell(Ending.UNSENT);
            answer(NOBODY, "No node is in rotation.");
            return;
        }
        node = target.get().number();
        parts.backends()
                .request(target.get(), options(), repeatable)
                .onSuccess(this::connected)
                .onFailure(unreachable -> refused(target.get()));
    }

    private RequestOptions options() {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setURI(request.uri())
                .setFollowRedirects(false)
                .setHeaders(RelayHeaders.through(request.headers(), upgrade));
        String hex = HexFormat.of().toHexDigits(id);
        options.putHeader(RequestHeaders.REQUEST, hex);
        if (!request.headers().contains(RelayHeaders.REQUEST_ID)) {
            options.putHeader(RelayHeaders.REQUEST_ID, hex);
        }
        if (parts.setting().tlsTerminated()) {
            options.putHeader("X-Forwarded-Proto", "https");
        }
        return options;
    }

    private void refused(Target target) {
        parts.router().eject(target);
        refusals--;
        if (!told) {
            tell(Ending.UNSENT);
            send();
        }
    }

    private void connected(HttpClientRequest connected) {
        out = connected;
        if (told) {
            out.reset();
            return;
        }
        boolean kept = parts.backends().kept(out, repeatable);
        out.exceptionHandler(broken -> {});
        // What is upgraded has no body; its answer tells what it became.
        (upgrade ? out.connect() : out.response()).onSuccess(this::answered).onFailure(broken -> lost(kept));
        if (upgrade) {
            return;
        }
        if (hasBody) {
            out.setChunked(!request.headers().contains("Content-Length"));
            request.pipe().endOnFailure(false).to(out);
        } else {
            out.end();
        }
    }

    /** Before the answer began. */
    private void lost(boolean kept) {
        if (told) {
            return;
        }
        if (kept) {
            attempt--;
            send();
            return;
        }
        tell(Ending.CUT);
        answer(NO_GATEWAY, parts.router().names().get(node) + " closed the connection without an answer.");
    }

    private void answered(HttpClientResponse response) {
        if (told) {
            out.reset();
            return;
        }
        status = response.statusCode();
        gift = parts.sessionId().in(response.headers());
        parts.places().put(gift.given() == 0 ? session : gift.given(), node);
        String location = RelayHeaders.first(response.headers(), "Location", "");
        login = parts.setting().login().stream().anyMatch(answer -> answer.matches(status, location));
        HttpServerResponse client = request.response();
        client.setStatusCode(status).setStatusMessage(response.statusMessage());
        boolean switches = upgrade && status == SWITCHING;
        client.headers().addAll(RelayHeaders.through(response.headers(), switches));
        if (switches) {
            form = Form.WEB_SOCKET;
            told = true;
            Tunnel.open(request, response, (byNode, byClient, whole) -> {
                told = false;
                tell(whole ? Ending.ANSWERED : Ending.CUT, byNode, byClient);
            });
            return;
        }
        form = RelayHeaders.first(response.headers(), "Content-Type", "").startsWith("text/event-stream")
                ? Form.EVENT_STREAM
                : Form.PLAIN;
        boolean bodyless = request.method() == HttpMethod.HEAD || status == NO_CONTENT || status == NOT_MODIFIED;
        if (!bodyless && !response.headers().contains("Content-Length")) {
            if (request.version() == HttpVersion.HTTP_1_0) {
                client.putHeader("Connection", "close");
            } else {
                client.setChunked(true);
            }
        }
        response.pipe()
                .endOnFailure(false)
                .to(client)
                .onSuccess(whole -> tell(Ending.ANSWERED))
                .onFailure(broken -> {
                    tell(Ending.CUT);
                    request.connection().close();
                });
    }

    private void answer(int code, String sentence) {
        HttpServerResponse client = request.response();
        if (!client.closed() && !client.headWritten()) {
            // What the client still sends of its body is nobody's any more.
            client.putHeader("Connection", "close")
                    .setStatusCode(code)
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .end("Midwrite's front: " + sentence + "\n");
        }
    }

    private void abandoned() {
        if (!told) {
            tell(Ending.ABANDONED);
            if (out != null) {
                out.reset();
            }
        }
    }

    private void tell(Ending ending) {
        tell(ending, 0, 0);
    }

    private void tell(Ending ending, int closedByNode, int closedByClient) {
        if (told) {
            return;
        }
        told = true;
        parts.listener()
                .relayed(new FrontAttempt(
                        invoked,
                        parts.clock().now(),
                        id,
                        attempt,
                        session,
                        request.method().name(),
                        node,
                        status,
                        ending,
                        form,
                        login,
                        gift.given(),
                        gift.taken(),
                        closedByNode,
                        closedByClient));
    }
}
