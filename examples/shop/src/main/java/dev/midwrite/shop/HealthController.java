package dev.midwrite.shop;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Healthy is a node that reaches its session store; without it, it can serve nobody. */
@RestController
class HealthController {
    private final RedisConnectionFactory redis;

    HealthController(RedisConnectionFactory redis) {
        this.redis = redis;
    }

    @GetMapping("/health")
    ResponseEntity<String> health() {
        try (RedisConnection connection = redis.getConnection()) {
            connection.ping();
            return ResponseEntity.ok("up\n");
        } catch (DataAccessException e) {
            return ResponseEntity.status(503).body("session store unreachable\n");
        }
    }
}
