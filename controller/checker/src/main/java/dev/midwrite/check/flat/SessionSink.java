package dev.midwrite.check.flat;

import java.nio.ByteBuffer;

/** Takes the operations of one session after the other. Each thread has its own. */
public interface SessionSink {

    /** @param operations how many {@link #accept} will bring */
    void begin(long session, int operations);

    /**
     * An operation of the session, in the order of the file.
     *
     * @param frames little-endian; the frame is whole and its checksum right
     * @param at where the frame begins
     */
    void accept(ByteBuffer frames, int at);

    /** The session has no more operations. */
    void finish();
}
