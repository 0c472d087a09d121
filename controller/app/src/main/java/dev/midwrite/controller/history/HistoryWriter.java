package dev.midwrite.controller.history;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Frame;
import dev.midwrite.event.UserOperation;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/**
 * Writes user operations to one file, frame after frame; the file is whole after {@link #close}. Thread-safe.
 *
 * <p>Numbers operations itself, gap-free from 0 in the order of calls.
 */
public final class HistoryWriter implements Closeable {
    private final FileChannel channel;
    private final BooleanSupplier over;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long next;
    /** Why the disk refused something; null if it has not. */
    private IOException refusal;

    private HistoryWriter(FileChannel channel, BooleanSupplier over) {
        this.channel = channel;
        this.over = over;
    }

    /** @throws IOException if the file is there already or cannot be made */
    public static HistoryWriter create(Path file) throws IOException {
        return create(file, () -> false);
    }

    /**
     * @param over whether what users see from now on is no evidence; once it is, nothing more is written
     * @throws IOException if the file is there already or cannot be made
     */
    public static HistoryWriter create(Path file, BooleanSupplier over) throws IOException {
        return onto(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), over);
    }

    static HistoryWriter onto(FileChannel channel) {
        return onto(channel, () -> false);
    }

    private static HistoryWriter onto(FileChannel channel, BooleanSupplier over) {
        return new HistoryWriter(channel, over);
    }

    /**
     * Appends the operation under the next number, whatever its own.
     *
     * @return the number; that of the next one if it is over
     * @throws UncheckedIOException if the disk refuses
     * @throws IllegalArgumentException if the operation is longer than a frame may be
     */
    public synchronized long append(UserOperation operation) {
        int length = Frame.HEADER_BYTES + operation.payload().length * Long.BYTES;
        if (length > buffer.capacity()) {
            throw new IllegalArgumentException("an operation of " + length + " bytes is longer than a frame may be");
        }
        if (refusal != null) {
            throw new UncheckedIOException(gap());
        }
        if (over.getAsBoolean()) {
            return next;
        }
        if (length > buffer.remaining()) {
            flush();
        }
        operation.but().seq(next).build().write(buffer);
        return next++;
    }

    /**
     * Nothing if all that was appended could be written.
     *
     * @throws Problem if the disk refused some of it, so that going on makes no sense
     */
    public synchronized void requireWhole() {
        if (refusal != null) {
            throw new Problem("The users' history cannot be written: " + refusal.getMessage() + ".", refusal);
        }
    }

    /** How many operations were appended. */
    public synchronized long size() {
        return next;
    }

    /** Writes what is buffered and waits for the disk. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            if (refusal != null) {
                throw gap();
            }
            flush();
            channel.force(true);
        }
    }

    /**
     * Writes what is buffered, so that those who follow the file see it; does not wait for the disk.
     *
     * @throws UncheckedIOException if the disk refuses; then nothing can be appended any more
     */
    public synchronized void flush() {
        if (refusal != null) {
            // A part of the buffer is written already; once more would be a second history in one file.
            throw new UncheckedIOException(gap());
        }
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            refusal = e;
            throw new UncheckedIOException("cannot write the users' history: " + e.getMessage(), e);
        }
        buffer.clear();
    }

    private IOException gap() {
        return new IOException("the users' history has a gap, because the disk refused some of it", refusal);
    }
}
