package dev.midwrite.check.flat;

/** The file is not whole, so it proves nothing. The message is one sentence with the place. */
public final class BrokenFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long at;

    /** @param file for people; empty if there is only one */
    BrokenFileException(long operation, long at, String file, String reason) {
        super("operation " + operation + " at byte " + at + (file.isEmpty() ? "" : " of " + file) + ": " + reason);
        this.at = at;
    }

    /** Offset of the frame in the file. */
    public long at() {
        return at;
    }
}
