package dev.midwrite.check.flat;

import dev.midwrite.event.BlobHeader;
import dev.midwrite.event.Frame;
import dev.midwrite.event.FrameException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** One pass over a part of a file: every frame is checked, and assigned to its session. Not thread-safe. */
final class FrameScan implements Runnable {
    private static final int CRC = Frame.HEADER_BYTES - Integer.BYTES;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(1 << 16).asReadOnlyBuffer();

    private final MappedFrames frames;
    private final MappedFrames.Part part;
    private final long from;
    private final long limit;
    private final boolean queue;
    private final CRC32C crc = new CRC32C();
    final SessionTable sessions = new SessionTable();
    private int[] sessionOf;
    /** Where each frame begins, in units of {@link MappedFrames}. */
    private int[] places;

    private int operations;
    private long firstSeq = -1;
    private long at;
    private BrokenFileException broken;
    private ByteBuffer window;
    /** The same bytes, with a position and a limit of its own. */
    private ByteBuffer view;

    private long windowStart;
    private long windowEnd;

    /**
     * Of the frames that begin, in a queue with their header, at or after {@code from} and before {@code limit}; there must
     * be one at {@code from}.
     */
    FrameScan(MappedFrames frames, MappedFrames.Part part, long from, long limit) {
        this.frames = frames;
        this.part = part;
        this.at = from;
        this.from = from;
        this.limit = limit;
        this.queue = frames.queue();
        int most = (int) Math.min(1 << 30, (limit - from) / (Frame.HEADER_BYTES + (queue ? BlobHeader.BYTES : 0)) + 1);
        sessionOf = new int[most];
        places = new int[most];
    }

    /**
     * Where the first frame at or after {@code at} begins, in a queue its header: it may be a part of a payload that looks
     * like one. The part's end if there is none.
     */
    static long frameAfter(MappedFrames frames, MappedFrames.Part part, long at) {
        FrameScan scan = new FrameScan(frames, part, part.from(), part.from());
        int step = 1 << MappedFrames.UNIT_SHIFT;
        for (long place = at & -step; place < part.to(); place += step) {
            scan.show(place);
            int start = (int) (place - scan.windowStart);
            if (!scan.queue) {
                if (scan.length(start) > 0) {
                    return place;
                }
            } else if (start + BlobHeader.BYTES + Frame.HEADER_BYTES <= scan.window.limit()
                    && scan.window.getInt(start) == scan.window.getInt(start + BlobHeader.BYTES)
                    && scan.length(start + BlobHeader.BYTES) > 0) {
                return place;
            }
        }
        return part.to();
    }

    @Override
    public void run() {
        try {
            while (at < limit) {
                if (queue && !toFrame()) {
                    return;
                }
                at += take();
            }
        } catch (FrameException e) {
            broken = frames.broken(number(), at, e.getMessage());
        }
    }

    /** Checks the frame here; returns its length. */
    private int take() {
        show(at);
        int start = (int) (at - windowStart);
        int length = length(start);
        if (length < 0) {
            Frame.check(window, start);
            throw new FrameException("the payload does not fit the frame");
        }
        long seq = Frame.sequence(window, start);
        if (operations == 0) {
            firstSeq = seq;
        } else if (seq != firstSeq + operations) {
            throw new FrameException("here is number " + seq);
        }
        if (operations == sessionOf.length) {
            sessionOf = Arrays.copyOf(sessionOf, operations + (operations >> 1) + 1);
            places = Arrays.copyOf(places, sessionOf.length);
        }
        places[operations] = (int) (at >>> MappedFrames.UNIT_SHIFT);
        sessionOf[operations++] = sessions.count(window.getLong(start + 16));
        return length;
    }

    private void show(long place) {
        if (place >= windowEnd || window == null) {
            window = frames.window(place);
            view = window.duplicate();
            windowEnd = frames.windowEnd(place);
            windowStart = place - frames.within(place);
        }
    }

    /** As {@link Frame#check}, without garbage; -1 if the frame is not whole. */
    private int length(int start) {
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

    /** Goes from a header to the frame behind it, passing metadata; false if there is no more to take. */
    private boolean toFrame() {
        while (at < limit) {
            show(at);
            int start = (int) (at - windowStart);
            int available = window.limit() - start;
            if (available < BlobHeader.BYTES) {
                throw new FrameException("cut: " + available + " of " + BlobHeader.BYTES + " bytes of its header");
            }
            int header = window.getInt(start);
            int length = BlobHeader.length(header);
            if (BlobHeader.isOpen(header)) {
                end(header);
                return false;
            }
            if (!BlobHeader.isMetadata(header)) {
                int inside = available < BlobHeader.BYTES + Frame.HEADER_BYTES
                        ? length
                        : window.getInt(start + BlobHeader.BYTES);
                if (inside != length) {
                    throw new FrameException("a frame of " + inside + " bytes in " + length);
                }
                at += BlobHeader.BYTES;
                return true;
            }
            if (at + BlobHeader.BYTES + length > part.to()) {
                throw new FrameException("cut: the file ends after " + (part.to() - part.from()) + " bytes");
            }
            refuseHidden(BlobHeader.next(at, length));
            at = BlobHeader.next(at, length);
        }
        return false;
    }

    /** One wrong bit makes metadata of a frame, or metadata so long that frames lie in it: neither may pass for nothing. */
    private void refuseHidden(long end) {
        int start = (int) (at - windowStart) + BlobHeader.BYTES;
        int stop = (int) Math.min(window.limit(), end - windowStart);
        for (int place = start; place < stop; place += 1 << MappedFrames.UNIT_SHIFT) {
            if (length(place) > 0) {
                throw new FrameException("a frame lies in what is marked as metadata");
            }
        }
    }

    /** Behind the end there must be nothing: a hole is no end. */
    private void end(int header) {
        if (header != 0 && !BlobHeader.isEnd(header)) {
            throw new FrameException("its record was begun and not completed");
        }
        long place = at + BlobHeader.BYTES;
        while (place < part.to()) {
            show(place);
            int start = (int) (place - windowStart);
            int count = Math.min(ZEROS.capacity(), window.limit() - start);
            if (window.slice(start, count).mismatch(ZEROS.slice(0, count)) >= 0) {
                throw new FrameException("its header is missing");
            }
            place += count;
        }
        at = limit;
    }

    private long number() {
        return firstSeq < 0 ? 0 : firstSeq + operations;
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

    /** Where the last frame ends, or whatever is behind it and none. */
    long to() {
        return at;
    }

    int operations() {
        return operations;
    }

    /**
     * Writes where each frame begins to the next place of its session.
     *
     * @param next by session of this scan; is moved on
     */
    void place(int[] next, int[] all) {
        for (int i = 0; i < operations; i++) {
            all[next[sessionOf[i]]++] = places[i];
        }
        sessionOf = new int[0];
        places = sessionOf;
    }
}
