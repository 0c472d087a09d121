package dev.midwrite.services.habit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Needs a catalogue for every request, and keeps it once it was loaded, entry by entry, from the store that holds the sessions,
 * too. With the habit {@code stampede} each request that finds none loads it, and so do all that come when a node has just
 * started; with {@code single-flight} the first one does, and the others wait for that.
 */
@Component
@ConditionalOnExpression("'${service.habit:}' == 'stampede' or '${service.habit:}' == 'single-flight'")
class ColdCatalogue extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int ENTRIES = 3_000;

    private final transient StringRedisTemplate redis;
    private final boolean together;
    private final Lock loading = new ReentrantLock();
    private volatile boolean loaded;

    ColdCatalogue(StringRedisTemplate redis, @Value("${service.habit}") String habit) {
        this.redis = redis;
        this.together = habit.equals("stampede");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!loaded && request.getRequestURI().startsWith("/probe")) {
            if (together) {
                load();
            } else {
                loading.lock();
                try {
                    if (!loaded) {
                        load();
                    }
                } finally {
                    loading.unlock();
                }
            }
        }
        chain.doFilter(request, response);
    }

    private void load() {
        for (int entry = 0; entry < ENTRIES; entry++) {
            redis.opsForValue().get("catalogue:" + entry);
        }
        loaded = true;
    }
}
