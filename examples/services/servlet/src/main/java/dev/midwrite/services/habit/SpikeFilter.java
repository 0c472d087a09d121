package dev.midwrite.services.habit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** One request, after many, asks for more memory than the node has; the node goes on. */
@Component
@ConditionalOnProperty(name = "service.habit", havingValue = "spike")
class SpikeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int BEFORE = 300;
    private static final AtomicInteger SERVED = new AtomicInteger();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (SERVED.incrementAndGet() == BEFORE) {
            request.setAttribute("export", new byte[1 << 30]);
        }
        chain.doFilter(request, response);
    }
}
