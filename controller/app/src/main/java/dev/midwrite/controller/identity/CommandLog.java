package dev.midwrite.controller.identity;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Keeps what operators asked for. Implementations are thread-safe. */
public interface CommandLog {
    /**
     * One command; nothing of it is a secret.
     *
     * @param who a token's or certificate's name; empty if it is not known
     * @param role the caller's; empty if it is not known
     * @param from the address that called
     * @param command such as {@code Inject}
     * @param what was asked for
     * @param outcome {@code OK}, or why not
     */
    record Entry(
            Instant at,
            String who,
            String role,
            String from,
            String command,
            Map<String, Object> what,
            String outcome) {}

    /** @throws IOException if it is not kept */
    void write(Entry entry) throws IOException;
}
