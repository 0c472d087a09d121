package dev.midwrite.services.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Repository;

/** Where they are kept: one text a session. Described for the agent in {@code drills/own.points}. */
@Repository
@Profile("own")
class OwnSessions {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private final StringRedisTemplate redis;
    private final ObjectMapper json;

    OwnSessions(StringRedisTemplate redis, ObjectMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** Null if there is none. */
    Map<String, String> fetch(String id) {
        String text = redis.opsForValue().getAndExpire(key(id), LIFE);
        try {
            return text == null ? null : json.readValue(text, ATTRIBUTES);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keep(String id, Map<String, String> attributes) {
        try {
            redis.opsForValue().set(key(id), json.writeValueAsString(attributes), LIFE);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget(String id) {
        redis.delete(key(id));
    }

    private static String key(String id) {
        return "own:" + id;
    }
}
