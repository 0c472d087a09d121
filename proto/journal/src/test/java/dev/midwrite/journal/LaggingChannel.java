package dev.midwrite.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that somebody is just writing: a part of it is still zeros in so many reads, and there from then on. So a race
 * with the writer comes out the same way every time. For reading only.
 */
final class LaggingChannel extends FileChannel {
    private final FileChannel channel;
    private final long hiddenFrom;
    private final long hiddenTo;
    private int reads;

    /** @param reads of the hidden part that see nothing of it */
    LaggingChannel(Path file, long hiddenFrom, long hiddenTo, int reads) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.hiddenFrom = hiddenFrom;
        this.hiddenTo = hiddenTo;
        this.reads = reads;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        int count = channel.read(target, position);
        long from = Math.max(hiddenFrom, position);
        long to = Math.min(hiddenTo, position + count);
        if (from < to && reads > 0) {
            reads--;
            for (long at = from; at < to; at++) {
                target.put((int) (start + at - position), (byte) 0);
            }
        }
        return count;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metaData) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
