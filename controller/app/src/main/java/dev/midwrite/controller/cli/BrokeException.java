package dev.midwrite.controller.cli;

/** A sentence about what broke after something had been started. */
final class BrokeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokeException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
