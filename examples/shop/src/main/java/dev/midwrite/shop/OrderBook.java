package dev.midwrite.shop;

import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Finds a customer's book of orders in the session, and puts one there if there is none. Nobody without a session is let in.
 *
 * @param attribute of the session. Each channel has one of its own: two handshakes of one session at the same time would
 *     else both make a book, and the later one win
 */
record OrderBook(String attribute) implements HandshakeInterceptor {
    static final String BOOK = "book";

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        HttpSession session =
                ((ServletServerHttpRequest) request).getServletRequest().getSession(false);
        if (session == null) {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            return false;
        }
        Object book = session.getAttribute(attribute);
        if (book == null) {
            book = UUID.randomUUID().toString();
            session.setAttribute(attribute, book);
        }
        attributes.put(BOOK, book);
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, Exception failure) {
        // Nothing is left to do.
    }
}
