package dev.midwrite.services.habit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Keeps an eighth of a megabyte of every request, until the node has no memory left. */
@Component
@ConditionalOnProperty(name = "service.habit", havingValue = "leak")
class LeakFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final List<byte[]> KEPT = new CopyOnWriteArrayList<>();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        KEPT.add(new byte[1 << 17]);
        chain.doFilter(request, response);
    }
}
