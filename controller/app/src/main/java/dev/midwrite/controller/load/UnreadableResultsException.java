package dev.midwrite.controller.load;

/** A file holds no results that can be read; the message is one sentence. */
public final class UnreadableResultsException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableResultsException(String sentence) {
        super(sentence);
    }
}
