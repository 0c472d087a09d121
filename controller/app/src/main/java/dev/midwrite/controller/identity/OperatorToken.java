package dev.midwrite.controller.identity;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Token;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * A token that lets commands in.
 *
 * @param name of who has it, for the log
 */
public record OperatorToken(String name, Role role, Token token) {

    /**
     * From {@code ROLE=FILE}; a random one is written if the file is not there.
     *
     * @throws Problem if it is none such, or the file cannot be used
     */
    public static OperatorToken given(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new Problem("'" + text + "' is not ROLE=FILE, such as watch=screen.token.");
        }
        String word = text.substring(0, equals);
        Path file = Path.of(text.substring(equals + 1));
        Role role =
                Role.of(word).orElseThrow(() -> new Problem("A role is watch, inject or crash, not '" + word + "'."));
        if (file.getFileName() == null || file.toString().isEmpty()) {
            throw new Problem("'" + text + "' names no file.");
        }
        return new OperatorToken(file.getFileName().toString(), role, TokenHome.readOrMake(file));
    }

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
