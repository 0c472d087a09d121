package dev.midwrite.check.flat;

/** Takes the operations of one session after the other. Each thread has its own. */
public interface SessionSink {

    /** @param operations how many {@link #accept} will bring */
    void begin(long session, int operations);

    /**
     * An operation of the session, in the order of the file.
     *
     * @param frame holds the frame as little-endian words of eight bytes; it is whole and its checksum right. The reader
     *     uses the array again
     * @param at where the frame begins
     */
    void accept(long[] frame, int at);

    /** The session has no more operations. */
    void finish();
}
