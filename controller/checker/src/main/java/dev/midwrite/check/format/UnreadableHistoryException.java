package dev.midwrite.check.format;

/** The file is no history of its format. The message is one sentence with the place. */
public final class UnreadableHistoryException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableHistoryException(int line, int column, String reason) {
        super("line " + line + ", column " + column + ": " + reason);
    }

    UnreadableHistoryException(int line, String reason) {
        super("line " + line + ": " + reason);
    }
}
