package dev.midwrite.journal;

import dev.midwrite.event.BlobHeader;
import dev.midwrite.event.FrameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One file of a Chronicle Queue as a sequence of blobs, each behind a {@link BlobHeader}. Not thread-safe.
 */
final class QueueFile implements AutoCloseable {
    private static final int WINDOW_BYTES = 16 << 10;
    /** Behind the end everything is zero; so much of it is looked at, which is more than an empty index takes. */
    private static final int LOOK_BEHIND_BYTES = 256 << 10;

    private final FileChannel channel;
    private final String name;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long windowStart;
    private long position;
    /** Where an end was last looked behind. */
    private long looked = -1;

    /** @param name of the file, for sentences about it */
    QueueFile(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
        window.limit(0);
    }

    static QueueFile open(Path file) throws IOException {
        return new QueueFile(
                FileChannel.open(file, StandardOpenOption.READ),
                file.getFileName().toString());
    }

    String name() {
        return name;
    }

    /** Of the next blob's header. */
    long position() {
        return position;
    }

    /**
     * The next blob of data, without passing it; null if there is none yet.
     *
     * @throws FrameException if what stands here is no blob
     */
    byte[] peek() throws IOException {
        while (true) {
            int header = header();
            if (BlobHeader.isOpen(header)) {
                return null;
            }
            int length = BlobHeader.length(header);
            if (length == 0) {
                throw new FrameException("its header is damaged");
            }
            if (BlobHeader.isMetadata(header)) {
                if (position + BlobHeader.BYTES + length > channel.size()) {
                    throw new FrameException("cut: the file ends after " + channel.size() + " bytes");
                }
                pass(length);
            } else {
                return blob(length);
            }
        }
    }

    /** Goes behind the blob of this length. */
    void pass(int length) {
        position = BlobHeader.next(position, length);
    }

    /** What was read before is read again. */
    void forget() {
        looked = -1;
        window.limit(0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int header() throws IOException {
        if (has(BlobHeader.BYTES) && !BlobHeader.isOpen(window.getInt(offset()))) {
            return window.getInt(offset());
        }
        int header = freshHeader(); // It may have been written since.
        // Chronicle writes a blob before its header; but it begins no other one before that.
        if (BlobHeader.isOpen(header) && writtenBehind()) {
            header = freshHeader();
            if (BlobHeader.isOpen(header)) {
                throw new FrameException("its header is missing");
            }
        }
        return header;
    }

    private int freshHeader() throws IOException {
        windowStart = position;
        window.clear();
        read(window, position);
        window.flip();
        if (window.limit() == 0) {
            return 0;
        }
        if (window.limit() < BlobHeader.BYTES) {
            throw new FrameException("cut: " + window.limit() + " of " + BlobHeader.BYTES + " bytes of its header");
        }
        return window.getInt(0);
    }

    /** Whether more is written from here on than the one blob that may be under way. */
    private boolean writtenBehind() throws IOException {
        if (looked == position) {
            return false;
        }
        looked = position;
        ByteBuffer behind = ByteBuffer.allocate(LOOK_BEHIND_BYTES);
        read(behind, position + BlobHeader.BYTES + FrameQueue.MAX_FRAME_BYTES);
        for (int i = 0; i < behind.position(); i++) {
            if (behind.get(i) != 0) {
                return true;
            }
        }
        return false;
    }

    private byte[] blob(int length) throws IOException {
        if (length > FrameQueue.MAX_FRAME_BYTES) {
            throw new FrameException("length " + length + " is not of a frame");
        }
        byte[] bytes = new byte[length];
        if (has(BlobHeader.BYTES + length)) {
            window.get(offset() + BlobHeader.BYTES, bytes);
            return bytes;
        }
        ByteBuffer target = ByteBuffer.wrap(bytes);
        read(target, position + BlobHeader.BYTES);
        if (target.hasRemaining()) {
            throw new FrameException("cut: " + target.position() + " of " + length + " bytes");
        }
        return bytes;
    }

    private boolean has(int bytes) {
        return position >= windowStart && position + bytes <= windowStart + window.limit();
    }

    private int offset() {
        return (int) (position - windowStart);
    }

    /** Fills the buffer, or less at the end of the file. */
    private void read(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }
}
