package dev.midwrite.services.reactive;

import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends the session that a request came with and begins another. An exchange's own session cannot do both: once it has
 * ended, it takes the cookie away when the response is committed.
 */
@Component
class SessionDesk {
    private final DefaultWebSessionManager manager;

    SessionDesk(WebSessionManager manager) {
        this.manager = (DefaultWebSessionManager) manager;
    }

    /** The session that the request names; empty if there is none. */
    Mono<WebSession> find(ServerWebExchange exchange) {
        return Flux.fromIterable(manager.getSessionIdResolver().resolveSessionIds(exchange))
                .concatMap(manager.getSessionStore()::retrieveSession)
                .next();
    }

    /** A saved session that holds what was put into it; the reply carries its cookie. */
    Mono<WebSession> anew(ServerWebExchange exchange, Consumer<WebSession> fill) {
        Mono<Void> end = find(exchange).flatMap(WebSession::invalidate);
        return end.then(manager.getSessionStore().createWebSession()).flatMap(session -> {
            session.start();
            fill.accept(session);
            return session.save().then(Mono.fromSupplier(() -> {
                manager.getSessionIdResolver().setSessionId(exchange, session.getId());
                return session;
            }));
        });
    }
}
