package dev.midwrite.controller.audit;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.controller.store.SessionDirectory;
import dev.midwrite.event.SessionHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sessions in files, one each, as Tomcat's {@code FileStore} and Jetty's {@code FileSessionDataStore} have them: in the drill's
 * directory, and where nodes of this machine say that they write them. Other files are left alone.
 *
 * <p>Thread-safe.
 */
public final class FilesAudit implements StoreAudit {
    private static final String UNREADABLE = "readable end";
    /** A file that cannot be read and was written a shorter time ago may be in somebody's hands. */
    private static final long UNTOUCHED_MILLIS = 1_000;
    /** How long is waited for that, each file. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long POLL_MILLIS = 100;

    private final SessionDirectory store;
    private final byte[] key;
    /** That lay there before. */
    private final Set<Path> before = new HashSet<>();

    /** @param key of {@link SessionHash} on all nodes */
    public FilesAudit(SessionDirectory store, byte[] key) {
        this.store = store;
        this.key = key.clone();
    }

    @Override
    public synchronized void begin() {
        before.clear();
        try {
            before.addAll(SessionDirectory.files(store.directory()));
        } catch (IOException e) {
            before.clear(); // The nodes may yet make it. Whoever cannot read it later is told then.
        }
    }

    @Override
    public synchronized StoreContents read(Collection<SessionLocation> reported, LongSupplier clock) {
        SessionHash hash = new SessionHash(key);
        Map<Long, StoredSession> sessions = new TreeMap<>();
        List<String> places = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Path directory : directories(reported)) {
            try {
                for (Path file : SessionDirectory.files(directory)) {
                    if (!before.contains(file)) {
                        take(file, hash, sessions);
                    }
                }
                places.add("files in " + directory);
            } catch (NoSuchFileException e) {
                silent.add(directory + ": there is no such directory");
            } catch (IOException e) {
                silent.add(directory + ": " + e.getMessage());
            }
        }
        return new StoreContents(
                true,
                places,
                silent.isEmpty() ? "" : "The store audit cannot read " + String.join(", and not ", silent) + ".",
                clock.getAsLong(),
                List.copyOf(sessions.values()),
                StoreIndexes.NONE);
    }

    /** The drill's, and those that are not below it. */
    private Set<Path> directories(Collection<SessionLocation> reported) {
        Set<Path> directories = new TreeSet<>();
        for (SessionLocation location : reported) {
            location.directory()
                    .filter(directory -> !directory.startsWith(store.directory()))
                    .ifPresent(directories::add);
        }
        boolean elsewhere = !directories.isEmpty();
        if (!elsewhere || Files.isDirectory(store.directory())) {
            directories.add(store.directory());
        }
        return directories;
    }

    /** Of two files of one session the one that lives longer counts: it was written later. */
    private static void take(Path file, SessionHash hash, Map<Long, StoredSession> sessions) throws IOException {
        Optional<SessionFile> read = SessionFile.idOf(file).isEmpty() ? Optional.empty() : settled(file);
        if (read.isPresent()) {
            SessionFile session = read.get();
            StoredSession stored = new StoredSession(
                    hash.of(session.id()),
                    Layout.SPRING,
                    session.lifetime(),
                    List.of(),
                    session.whole() ? List.of() : List.of(UNREADABLE),
                    "");
            sessions.merge(
                    stored.idHash(),
                    stored,
                    (one, other) ->
                            one.lifetime().ttlMillis() >= other.lifetime().ttlMillis() ? one : other);
        }
    }

    /** What lies there once nobody is writing it any more; empty if it has gone. */
    private static Optional<SessionFile> settled(Path file) throws IOException {
        long begun = System.nanoTime();
        try {
            while (true) {
                long now = System.currentTimeMillis();
                SessionFile session = SessionFile.read(file, now);
                long age = now - Files.getLastModifiedTime(file).toMillis();
                if (session.whole() || age > UNTOUCHED_MILLIS || System.nanoTime() - begun > LONGEST_WAIT_NANOS) {
                    return Optional.of(session);
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        }
    }
}
