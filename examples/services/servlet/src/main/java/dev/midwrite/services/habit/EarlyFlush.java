package dev.midwrite.services.habit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Sends the head of an answer before the session gets its new id, as a page does that is written piece by piece: the
 * cookie cannot go with it any more.
 */
@Component
@ConditionalOnProperty(name = "service.habit", havingValue = "early-flush")
class EarlyFlush extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String REQUEST = "X-Midwrite-Request";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getRequestURI().endsWith("/rotate")) {
            response.setHeader(REQUEST, request.getHeader(REQUEST));
            response.setContentType("application/json");
            response.flushBuffer();
        }
        chain.doFilter(request, response);
    }
}
