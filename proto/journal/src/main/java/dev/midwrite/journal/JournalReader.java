package dev.midwrite.journal;

import dev.midwrite.event.Frame;
import dev.midwrite.event.FrameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the frames of a queue in order, as far as they are whole and their sequence has no gap.
 *
 * <p>A queue that was cut or overwritten at any byte gives fewer frames and a reason, never a wrong one: every frame's
 * own checksum and number are compared. The files are read as files. Chronicle's tailer maps them, has returned damaged
 * records without a word, and a page that is missing under a map makes the JVM throw InternalError anywhere, even in code
 * that comes later. Not thread-safe.
 */
public final class JournalReader implements AutoCloseable {
    private static final String ENDING = ".cq4";
    /** A frame whose header was seen before its last bytes is whole when read anew. */
    private static final int ATTEMPTS = 2;

    private final Path directory;
    private QueueFile file;
    private long next;
    private String damage = "";

    /** Begins with this file of the directory. */
    JournalReader(Path directory, QueueFile file) {
        this.directory = directory;
        this.file = file;
    }

    /** @throws IOException if there is no queue in the directory, or none that can be opened */
    public static JournalReader open(Path directory) throws IOException {
        List<Path> files = files(directory);
        if (files.isEmpty()) {
            throw new IOException("There is no journal in " + directory + ".");
        }
        return new JournalReader(directory, QueueFile.open(files.get(0)));
    }

    /**
     * The next whole frame, in a little-endian buffer of its own; null if there is none now. After null without
     * {@link #damage} more may come, if the queue is still being written.
     */
    public ByteBuffer next() {
        if (!damage.isEmpty()) {
            return null;
        }
        try {
            ByteBuffer frame = read();
            if (frame == null && toNextFile()) {
                frame = read();
            }
            if (frame != null) {
                next++;
            }
            return frame;
        } catch (IOException | FrameException e) {
            damage = "record " + next + " at byte " + file.position() + " of " + file.name() + ": " + e.getMessage();
            return null;
        }
    }

    /** Passes over frames until the one with this number is next; stops early at the end or at damage. */
    public void skipTo(long seq) {
        while (next < seq && next() != null) {
            // Each frame is checked on the way.
        }
    }

    /** Number of the frame that {@link #next} gives next. */
    public long nextSeq() {
        return next;
    }

    /** Why reading stopped before the end, with the place; empty if it did not. */
    public String damage() {
        return damage;
    }

    /** Whether the directory holds files of a queue. */
    public static boolean holdsQueue(Path directory) throws IOException {
        return !files(directory).isEmpty();
    }

    /** @throws IOException if the file cannot be closed */
    @Override
    public void close() throws IOException {
        file.close();
    }

    private ByteBuffer read() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                byte[] bytes = file.peek();
                if (bytes == null) {
                    return null;
                }
                ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                if (Frame.check(frame, 0) != bytes.length) {
                    throw new FrameException("a frame of " + frame.getInt(0) + " bytes in " + bytes.length);
                }
                if (Frame.sequence(frame, 0) != next) {
                    throw new FrameException("its number is " + Frame.sequence(frame, 0));
                }
                file.pass(bytes.length);
                return frame;
            } catch (FrameException e) {
                file.forget();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** A queue begins a new file every day. */
    private boolean toNextFile() throws IOException {
        for (Path candidate : files(directory)) {
            if (candidate.getFileName().toString().compareTo(file.name()) > 0) {
                file.forget();
                if (file.peek() != null) {
                    return true; // It was written before the next file was begun, and after we had looked.
                }
                file.close();
                file = QueueFile.open(candidate);
                return true;
            }
        }
        return false;
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
