package dev.midwrite.controller.front;

/**
 * Reads the code of the close frame out of one direction of a WebSocket, as its bytes pass by in pieces (RFC 6455, section
 * 5.2). What it does not understand it lets pass. Not thread-safe.
 */
final class CloseFrames {
    private static final int CLOSE = 8;
    /** No code stands in the frame. */
    static final int NO_STATUS = 1005;

    private final byte[] head = new byte[14];
    private int read;
    private int needed = 2;
    private long skip;
    private int taken;
    private int reason;
    private int code;

    /** Of the first close frame; 0 if none has passed. */
    int code() {
        return code;
    }

    /** The next bytes. */
    void pass(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (read < needed) {
                head[read++] = bytes[at++];
                needed = read == 2 ? headLength() : needed;
                if (read == needed) {
                    begin();
                }
            } else {
                at += payload(bytes, at);
            }
            if (read == needed && skip == 0) {
                end();
            }
        }
    }

    private int headLength() {
        int length = head[1] & 0x7F;
        return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (masked() ? 4 : 0);
    }

    private boolean masked() {
        return (head[1] & 0x80) != 0;
    }

    private void begin() {
        int length = head[1] & 0x7F;
        skip = length;
        if (length >= 126) {
            skip = 0;
            int bytes = length == 126 ? 2 : 8;
            for (int i = 0; i < bytes; i++) {
                skip = (skip << 8) | (head[2 + i] & 0xFF);
            }
        }
        skip &= Long.MAX_VALUE;
        taken = 0;
        reason = 0;
    }

    private int payload(byte[] bytes, int at) {
        int count = (int) Math.min(skip, bytes.length - at);
        if ((head[0] & 0x0F) == CLOSE) {
            for (int i = 0; i < count && taken < 2; i++, taken++) {
                int mask = masked() ? head[needed - 4 + taken] : 0;
                reason = (reason << 8) | ((bytes[at + i] ^ mask) & 0xFF);
            }
        }
        skip -= count;
        return count;
    }

    private void end() {
        if ((head[0] & 0x0F) == CLOSE && code == 0) {
            code = taken == 2 ? reason : NO_STATUS;
        }
        read = 0;
        needed = 2;
    }
}
