package dev.midwrite.agent.run;

/** An option that cannot be taken; the message is one sentence for whoever wrote it. */
final class OptionException extends Exception {
    private static final long serialVersionUID = 1;

    OptionException(String message) {
        super(message);
    }
}
