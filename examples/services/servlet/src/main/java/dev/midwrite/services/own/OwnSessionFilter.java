package dev.midwrite.services.own;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Saves what a request has done to its session before the answer leaves.
 *
 * <p>With the habit {@code quiet-save}, as is often seen, a save that fails is logged, and the user is told that all went well.
 */
@Component
@Profile("own")
class OwnSessionFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(OwnSessionFilter.class);

    private final transient OwnSessions sessions;
    private final boolean quiet;

    OwnSessionFilter(OwnSessions sessions, @Value("${service.habit:}") String habit) {
        this.sessions = sessions;
        this.quiet = habit.equals("quiet-save");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        OwnRequest own = new OwnRequest(request, response, sessions);
        chain.doFilter(own, response);
        try {
            own.save();
        } catch (RuntimeException e) {
            if (!quiet) {
                throw e;
            }
            LOG.warn("not saved", e);
        }
    }
}
