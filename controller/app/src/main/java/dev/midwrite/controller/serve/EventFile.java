package dev.midwrite.controller.serve;

import dev.midwrite.event.EventRecord;
import dev.midwrite.event.Frame;
import dev.midwrite.event.FrameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Reads a file of {@link JournalStore}; stops at the first frame that is cut, damaged or out of sequence. */
public final class EventFile {

    private EventFile() {}

    /**
     * Where reading ended.
     *
     * @param nextSeq all records below it were read
     * @param bytes length of the file's good part
     * @param damage why reading stopped before the file's end, with the place; empty if it did not
     */
    public record End(long nextSeq, long bytes, String damage) {}

    /** @throws IOException if the file cannot be read at all */
    public static End read(Path file, Consumer<EventRecord> records) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(2 * Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            buffer.limit(0);
            boolean all = false;
            long seq = 0;
            long bytes = 0;
            while (true) {
                if (buffer.remaining() < Frame.MAX_BYTES && !all) {
                    all = fill(buffer, channel);
                }
                if (!buffer.hasRemaining()) {
                    return new End(seq, bytes, "");
                }
                EventRecord record;
                try {
                    record = EventRecord.read(buffer, buffer.position());
                } catch (FrameException e) {
                    return new End(seq, bytes, place(seq, bytes) + ": " + e.getMessage());
                }
                if (record.seq() != seq) {
                    return new End(seq, bytes, place(seq, bytes) + ": record " + record.seq() + " stands here");
                }
                records.accept(record);
                int length = Frame.HEADER_BYTES + record.payload().length;
                buffer.position(buffer.position() + length);
                bytes += length;
                seq++;
            }
        }
    }

    /** @return whether the file's end is in the buffer */
    private static boolean fill(ByteBuffer buffer, FileChannel channel) throws IOException {
        buffer.compact();
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer);
        }
        buffer.flip();
        return read < 0;
    }

    private static String place(long seq, long bytes) {
        return "record " + seq + " at byte " + bytes;
    }
}
