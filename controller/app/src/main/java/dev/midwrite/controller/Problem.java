package dev.midwrite.controller;

/**
 * Something that went wrong in a way a person can act on. The message is one clear sentence, with file and line where
 * there is one; the command line prints it alone, never the stack trace.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Problem(String sentence) {
        super(sentence);
    }

    public Problem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
