package com.example.containers.plain;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Arguments as Spring Boot takes them: {@code --name=value}. */
public record Arguments(Map<String, String> values) {

    public static Arguments of(String... words) {
        return new Arguments(Arrays.stream(words)
                .map(word -> word.substring(2).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    public int port() {
        return Integer.parseInt(values.get("server.port"));
    }

    String storeHost() {
        return values.get("spring.data.redis.host");
    }

    int storePort() {
        return Integer.parseInt(values.get("spring.data.redis.port"));
    }
}
