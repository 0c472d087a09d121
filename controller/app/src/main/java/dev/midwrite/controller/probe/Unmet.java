package dev.midwrite.controller.probe;

/** A requirement is not met; the message says what came instead. */
final class Unmet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unmet(String got) {
        super(got);
    }
}
