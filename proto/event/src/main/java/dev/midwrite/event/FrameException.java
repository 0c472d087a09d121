package dev.midwrite.event;

/** Bytes that are no frame of ours; the message says why in a few words, the reader adds the place. */
public final class FrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FrameException(String message) {
        super(message);
    }
}
