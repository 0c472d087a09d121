package dev.midwrite.check.flat;

import dev.midwrite.event.Frame;
import dev.midwrite.event.FrameException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** One pass over a part of a file: every frame is checked, and assigned to its session. Not thread-safe. */
final class FrameScan {
    private static final int CRC = Frame.HEADER_BYTES - Integer.BYTES;

    private final MappedFrames frames;
    private final long from;
    private final long limit;
    final SessionTable sessions = new SessionTable();
    private int[] sessionOf;
    private int operations;
    private long firstSeq = -1;
    private long to;
    private BrokenFileException broken;

    /** Of the frames that begin at or after {@code from} and before {@code limit}; there must be one at {@code from}. */
    FrameScan(MappedFrames frames, long from, long limit) {
        this.frames = frames;
        this.from = from;
        this.limit = limit;
        sessionOf = new int[(int) Math.min(1 << 30, (limit - from) / Frame.HEADER_BYTES + 1)];
    }

    /** The first frame at or after {@code at}: it may be a part of a payload that looks like one. The file's end if none. */
    static long frameAfter(MappedFrames frames, long at) {
        long place = at & ~7L;
        while (place < frames.size()) {
            try {
                Frame.check(frames.window(place), frames.within(place));
                return place;
            } catch (FrameException e) {
                place += Long.BYTES;
            }
        }
        return frames.size();
    }

    void run() {
        CRC32C crc = new CRC32C();
        long windowEnd = from;
        ByteBuffer window = null;
        ByteBuffer view = null;
        long at = from;
        while (at < limit) {
            if (at >= windowEnd) {
                window = frames.window(at);
                view = window.duplicate();
                windowEnd = frames.windowEnd(at);
            }
            int start = frames.within(at);
            int length = length(window, view, start, crc);
            if (length < 0) {
                broken = reason(window, start, at);
                return;
            }
            long seq = Frame.sequence(window, start);
            if (operations == 0) {
                firstSeq = seq;
            } else if (seq != firstSeq + operations) {
                broken = new BrokenFileException(firstSeq + operations, at, "here is number " + seq);
                return;
            }
            if (operations == sessionOf.length) {
                sessionOf = Arrays.copyOf(sessionOf, operations + (operations >> 1) + 1);
            }
            sessionOf[operations++] = sessions.count(window.getLong(start + 16));
            at += length;
        }
        to = at;
    }

    /** As {@link Frame#check}, without garbage; -1 if the frame is not whole. */
    private static int length(ByteBuffer window, ByteBuffer view, int start, CRC32C crc) {
        int available = window.limit() - start;
        if (available < Frame.HEADER_BYTES) {
            return -1;
        }
        int length = window.getInt(start);
        if (length < Frame.HEADER_BYTES
                || length > Frame.MAX_BYTES
                || length > available
                || (length & 7) != 0
                || window.getInt(start + 88) != length - Frame.HEADER_BYTES
                || window.getShort(start + 4) != Frame.VERSION) {
            return -1;
        }
        crc.reset();
        crc.update(view.limit(start + CRC).position(start));
        if (length > Frame.HEADER_BYTES) {
            crc.update(view.limit(start + length).position(start + Frame.HEADER_BYTES));
        }
        return (int) crc.getValue() == window.getInt(start + CRC) ? length : -1;
    }

    private BrokenFileException reason(ByteBuffer window, int start, long at) {
        long number = firstSeq < 0 ? 0 : firstSeq + operations;
        try {
            Frame.check(window, start);
            return new BrokenFileException(number, at, "the payload does not fit the frame");
        } catch (FrameException e) {
            return new BrokenFileException(number, at, e.getMessage());
        }
    }

    /** What is not whole, null if all is. */
    BrokenFileException broken() {
        return broken;
    }

    /** Number of the first frame; -1 if there is none. */
    long firstSeq() {
        return firstSeq;
    }

    long from() {
        return from;
    }

    /** Where the last frame ends. */
    long to() {
        return to;
    }

    int operations() {
        return operations;
    }

    /**
     * Writes where each frame begins, in units of eight bytes, to the next place of its session.
     *
     * @param next by session of this scan; is moved on
     */
    void place(int[] next, int[] places) {
        long at = from;
        for (int i = 0; i < operations; i++) {
            places[next[sessionOf[i]]++] = (int) (at >>> 3);
            at += frames.window(at).getInt(frames.within(at));
        }
        sessionOf = new int[0];
    }
}
