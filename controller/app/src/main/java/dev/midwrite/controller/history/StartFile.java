package dev.midwrite.controller.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.controller.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code start.json} of a bundle, and a lock on it for as long as the run is under way: the operating system takes the
 * lock back from a run that was killed, so nobody waits for it.
 */
public final class StartFile implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private static final String PORT = "metricsPort";

    /**
     * Those that this JVM has locked. On POSIX a lock belongs to the process and goes with the first channel to the file that
     * the process closes, whichever that is: none may be opened, to find out or to read what is in it.
     */
    private static final Map<Path, StartFacts> HELD = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel channel;

    private StartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Writes and locks it; whoever sees the file sees it whole and locked. */
    public static StartFile create(Bundle bundle, StartFacts facts) {
        Path fresh = bundle.directory().resolve("start.json.new");
        try {
            FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            FileLock lock = channel.lock();
            if (!lock.isValid()) {
                throw new IOException("it cannot be locked");
            }
            for (ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(facts)); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
            Path path = real(bundle);
            HELD.put(path, facts);
            Files.move(fresh, bundle.start(), StandardCopyOption.ATOMIC_MOVE);
            return new StartFile(path, channel);
        } catch (IOException e) {
            throw new Problem(bundle.start() + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** @throws Problem if it is not there, cannot be read, or is of another version */
    public static StartFacts read(Bundle bundle) {
        StartFacts facts;
        try {
            StartFacts held = HELD.get(real(bundle));
            if (held != null) {
                return held;
            }
            JsonNode file = JSON.readTree(bundle.start().toFile());
            if (file instanceof ObjectNode node && !node.has(PORT)) {
                node.put(PORT, 0); // Written by a Midwrite that did not say.
            }
            facts = JSON.treeToValue(file, StartFacts.class);
        } catch (JsonProcessingException e) {
            throw new Problem(bundle.start() + ": " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new Problem(bundle.start() + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (facts == null) {
            throw new Problem(bundle.start() + " is empty.");
        }
        if (facts.format() != StartFacts.FORMAT) {
            throw new Problem(bundle.start() + " has format " + facts.format() + "; this Midwrite reads format "
                    + StartFacts.FORMAT + ".");
        }
        return facts;
    }

    private static Path real(Bundle bundle) throws IOException {
        return bundle.directory().toRealPath().resolve(bundle.start().getFileName());
    }

    /** Whether the run is still under way. */
    public static boolean locked(Bundle bundle) {
        try {
            return HELD.containsKey(real(bundle)) || lockedByOthers(bundle);
        } catch (IOException e) {
            throw new Problem(bundle.start() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static boolean lockedByOthers(Bundle bundle) throws IOException {
        try (FileChannel channel = FileChannel.open(bundle.start(), StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true; // By a run in this JVM that began just now.
        }
    }

    /** The run is over. Idempotent. */
    @Override
    public void close() {
        try {
            channel.close();
            HELD.remove(path);
        } catch (IOException e) {
            throw new Problem("The lock of start.json cannot be released: " + e.getMessage() + ".", e);
        }
    }
}
