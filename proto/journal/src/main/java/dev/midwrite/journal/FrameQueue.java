package dev.midwrite.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.core.io.ClosedIllegalStateException;
import net.openhft.chronicle.core.shutdown.PriorityHook;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.threads.DiskSpaceMonitor;

/**
 * Appends frames to a queue in one directory. Bytes are in a mapped file when {@link #append} returns, so they outlive
 * the process; they do not outlive a power failure.
 *
 * <p>Not thread-safe; one thread at a time appends, the same memory is used for each frame.
 */
public final class FrameQueue implements AutoCloseable {
    /** Packages of java.base that Chronicle Queue needs to be open to its class loader's module. */
    public static final java.util.List<String> OPENS =
            java.util.List.of("sun.nio.ch", "java.lang.reflect", "jdk.internal.ref");

    /** No frame may be longer: a reader tells one that is under way from a hole by it. */
    public static final int MAX_FRAME_BYTES = 8 << 10;

    /** Small blocks: the file grows by them, and a short-lived JVM needs one. A frame must fit four times. */
    private static final long BLOCK_BYTES = 4 << 20;

    private static final String BUILD_DIRECTORY = "project.build.directory";

    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Bytes<ByteBuffer> bytes;

    private FrameQueue(ChronicleQueue queue) {
        this.queue = queue;
        this.appender = queue.createAppender();
        // Chronicle binds an appender to its first thread; ours are serialised by their owner.
        this.appender.singleThreadedCheckDisabled(true);
        this.bytes = Bytes.elasticByteBuffer(4096);
        this.bytes.singleThreadedCheckDisabled(true);
    }

    /** @throws RuntimeException or LinkageError if the directory cannot be written or the JVM denies what Chronicle needs */
    public static FrameQueue open(Path directory) {
        settleBuildDirectory(directory);
        return new FrameQueue(SingleChronicleQueueBuilder.binary(directory.toFile())
                .rollCycle(RollCycles.FAST_DAILY)
                .blockSize(BLOCK_BYTES)
                .build());
    }

    /**
     * Chronicle's class OS looks for a build directory when it is loaded, and makes one in the machine's temporary
     * directory if it finds none. Naming the queue's own for that moment leaves nothing behind elsewhere.
     */
    private static void settleBuildDirectory(Path directory) {
        if (System.getProperty(BUILD_DIRECTORY) != null) {
            return;
        }
        System.setProperty(BUILD_DIRECTORY, directory.toString());
        try {
            Class.forName(OS.class.getName(), true, FrameQueue.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Chronicle Queue is not whole", e);
        } finally {
            System.clearProperty(BUILD_DIRECTORY);
        }
    }

    /**
     * Appends the bytes between position and limit; leaves both as they are.
     *
     * @throws IllegalArgumentException if they are more than {@link #MAX_FRAME_BYTES}
     */
    public void append(ByteBuffer frame) {
        if (frame.remaining() > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("a frame of " + frame.remaining() + " bytes is too long");
        }
        bytes.clear();
        bytes.ensureCapacity(frame.remaining());
        // Eight bytes at a time: a copy by one call would make an object of it for each record.
        int at = frame.position();
        for (; at <= frame.limit() - Long.BYTES; at += Long.BYTES) {
            bytes.writeLong(frame.getLong(at));
        }
        for (; at < frame.limit(); at++) {
            bytes.writeByte(frame.get(at));
        }
        appender.writeBytes(bytes);
    }

    /**
     * Ends what Chronicle keeps running in its JVM: two threads and a hook. Afterwards no queue can be opened by these
     * classes any more; for whoever leaves a JVM that goes on.
     */
    public static void releaseLibrary() {
        BackgroundResourceReleaser.releasePendingResources();
        DiskSpaceMonitor.INSTANCE.close();
        BackgroundResourceReleaser.stop();
        PriorityHook.clear();
    }

    @Override
    public void close() {
        try {
            bytes.releaseLast();
            appender.close();
        } catch (ClosedIllegalStateException e) {
            // Closed by the queue's own hook at the end of the process.
        }
        queue.close();
    }
}
