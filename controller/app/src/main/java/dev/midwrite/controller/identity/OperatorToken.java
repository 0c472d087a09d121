package dev.midwrite.controller.identity;

import dev.midwrite.event.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * A token that lets commands in.
 *
 * @param name of who has it, for the log
 */
public record OperatorToken(String name, Role role, Token token) {

    /** Whose this is; takes the same time whichever it is, and wherever it differs. */
    static Optional<Caller> find(List<OperatorToken> known, String presented) {
        byte[] bytes = presented.getBytes(StandardCharsets.UTF_8);
        Caller found = null;
        for (OperatorToken each : known) {
            if (MessageDigest.isEqual(each.token().text().getBytes(StandardCharsets.UTF_8), bytes)) {
                found = new Caller(each.name(), each.role());
            }
        }
        return Optional.ofNullable(found);
    }
}
