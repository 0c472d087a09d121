package dev.midwrite.controller.identity;

import dev.midwrite.event.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whom a controller lets in.
 *
 * @param agents what agents on loopback prove to have; not asked for if there are certificates
 * @param operators what commands on loopback show; not asked for if there are certificates
 * @param certificates the controller's; callers then need one of the same authority
 * @param log of commands
 * @param notes hears what is the matter with certificates that were replaced, in sentences
 */
public record Access(
        Token agents,
        List<OperatorToken> operators,
        Optional<CertificateFiles> certificates,
        CommandLog log,
        Consumer<String> notes) {
    public Access {
        operators = List.copyOf(operators);
    }

    /** On loopback, without encryption. */
    public static Access byToken(Token agents, List<OperatorToken> operators, CommandLog log) {
        return new Access(agents, operators, Optional.empty(), log, sentence -> {});
    }
}
