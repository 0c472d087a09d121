package dev.midwrite.junit;

/** A test that cannot be run as its annotations stand; one sentence says why. Nothing was started. */
public final class InvalidTest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidTest(String sentence) {
        super(sentence);
    }

    InvalidTest(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
