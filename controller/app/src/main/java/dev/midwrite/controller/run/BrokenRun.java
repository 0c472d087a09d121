package dev.midwrite.controller.run;

/** The environment broke after something had been started, so that there is nothing to judge. One sentence says what. */
public final class BrokenRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenRun(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
