package com.example.containers.plain;

import jakarta.servlet.Filter;
import java.time.Duration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Spring Session without the rest of Spring: sessions outlive the container. */
public final class Sessions {

    private Sessions() {}

    public static Filter in(Arguments arguments) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(arguments.storeHost(), arguments.storePort());
        connections.afterPropertiesSet();
        connections.start();
        RedisTemplate<String, Object> redis = new RedisTemplate<>();
        redis.setConnectionFactory(connections);
        redis.setKeySerializer(RedisSerializer.string());
        redis.setHashKeySerializer(RedisSerializer.string());
        redis.afterPropertiesSet();
        RedisSessionRepository sessions = new RedisSessionRepository(redis);
        sessions.setDefaultMaxInactiveInterval(Duration.ofMinutes(10));
        return new SessionRepositoryFilter<>(sessions);
    }
}
