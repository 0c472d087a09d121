package dev.midwrite.controller.store;

import dev.midwrite.controller.plan.Secret;
import dev.midwrite.controller.plan.StoreSpec;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Who asks a Redis. Never shown: a record's text would show the password.
 *
 * @param user and {@code password}, revealed; empty for none
 */
public record StoreLogin(Optional<String> user, Optional<String> password) {
    public static final StoreLogin NONE = new StoreLogin(Optional.empty(), Optional.empty());

    /** @throws dev.midwrite.controller.Problem if a variable that the drill names is not set */
    public static StoreLogin of(StoreSpec spec) {
        return new StoreLogin(reveal(spec.user()), reveal(spec.password()));
    }

    private static Optional<String> reveal(Optional<Secret> secret) {
        return secret.map(known -> known.reveal(System::getenv));
    }

    /** For one connection, with so long to wait for an answer. */
    public DefaultJedisClientConfig config(int timeoutMillis) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder().timeoutMillis(timeoutMillis);
        user.ifPresent(config::user);
        password.ifPresent(config::password);
        return config.build();
    }

    /** What a rejection of a command or of the login itself means, a sentence; empty if this is none. */
    public static Optional<String> rejection(JedisException e) {
        String text = e.getMessage() == null ? "" : e.getMessage();
        if (text.startsWith("NOAUTH")) {
            return Optional.of(
                    "it wants a password (NOAUTH): the drill names none with store.user and store.password.");
        }
        if (text.startsWith("WRONGPASS") || text.startsWith("ERR invalid password")) {
            return Optional.of("it does not accept store.user and store.password (WRONGPASS).");
        }
        if (text.startsWith("ERR Client sent AUTH") || text.startsWith("ERR AUTH")) {
            return Optional.of("it has no password, but the drill names one with store.password.");
        }
        if (text.startsWith("NOPERM")) {
            return Optional.of(
                    "the user has too few rights (" + text.replaceFirst("\\.$", "")
                            + "): the audit needs SCAN, INFO, TIME, TYPE, PTTL, EXISTS, HKEYS, HMGET, SMEMBERS and ZRANGEBYSCORE.");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return user.isPresent() || password.isPresent() ? "a login" : "no login";
    }
}
