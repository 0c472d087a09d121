package dev.midwrite.agent.journal;

import dev.midwrite.journal.JournalReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * One directory per incarnation, named by its id in 16 hex digits, with the queue and a file {@code acknowledged} that
 * holds the number of the first record that the controller does not have.
 *
 * <p>Belongs to the link's thread.
 */
public final class JournalDirectory {
    private static final String ACKNOWLEDGED = "acknowledged";
    private static final String OWNER = "owner";

    private static final FileAttribute<?> OWNERS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path directory;

    public JournalDirectory(Path directory) {
        this.directory = directory;
    }

    /** Where this incarnation's queue lies or will lie. */
    public Path of(long incarnation) {
        return directory.resolve(HexFormat.of().toHexDigits(incarnation));
    }

    /**
     * Marks this incarnation as alive until the channel is closed or the process is gone, however it goes.
     *
     * @return the channel that holds the mark
     */
    public FileChannel claim(long incarnation) throws IOException {
        Files.createDirectories(of(incarnation), OWNERS_ALONE);
        FileChannel owner =
                FileChannel.open(of(incarnation).resolve(OWNER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = owner.tryLock();
        if (lock == null) {
            owner.close();
            throw new IOException("another process writes the journal in " + of(incarnation));
        }
        return owner;
    }

    private static boolean isAlive(Path entry) throws IOException {
        Path mark = entry.resolve(OWNER);
        if (!Files.exists(mark)) {
            return false;
        }
        try (FileChannel owner = FileChannel.open(mark, StandardOpenOption.WRITE);
                FileLock lock = owner.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** Dead incarnations with a queue, except this one, oldest first. */
    public List<Long> earlier(long own) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().matches("[0-9a-f]{16}")
                        && JournalReader.holdsQueue(entry)
                        && !entry.equals(of(own))
                        && !isAlive(entry)) {
                    found.add(entry);
                }
            }
        }
        found.sort(Comparator.comparingLong(entry -> entry.toFile().lastModified()));
        return found.stream()
                .map(entry -> HexFormat.fromHexDigitsToLong(entry.getFileName().toString()))
                .toList();
    }

    /** Number of the first record that the controller does not have; 0 if nothing is known. */
    public long acknowledged(long incarnation) throws IOException {
        try {
            return Long.parseLong(
                    Files.readString(of(incarnation).resolve(ACKNOWLEDGED)).trim());
        } catch (NoSuchFileException | NumberFormatException e) {
            // A file that was cut by a crash: the controller says in its welcome what it has.
            return 0;
        }
    }

    public void acknowledge(long incarnation, long nextSeq) throws IOException {
        Files.writeString(of(incarnation).resolve(ACKNOWLEDGED), Long.toString(nextSeq));
    }

    /** Deletes an incarnation's queue: the controller has all of it, or there are too many. */
    public void delete(long incarnation) throws IOException {
        try (Stream<Path> entries = Files.walk(of(incarnation))) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }
}
