package dev.midwrite.agent.it.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store of sessions that nobody but its author knows. */
final class OwnSessions {
    private final Map<String, String> contents = new ConcurrentHashMap<>();

    void keep(Basket basket) {
        contents.put(basket.owner(), basket.content());
    }

    /** Null if there is none. */
    Basket fetch(String owner) {
        String content = contents.get(owner);
        return content == null ? null : new Basket(owner, content);
    }

    record Basket(String owner, String content) {}
}
