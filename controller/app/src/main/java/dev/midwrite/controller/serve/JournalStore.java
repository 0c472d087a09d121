package dev.midwrite.controller.serve;

import com.google.protobuf.ByteString;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.link.v1.Tail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps what nodes journaled, verbatim: {@code <directory>/<node>/<incarnation as 16 hex digits>.events}, frames without
 * anything between them. Thread-safe.
 */
public final class JournalStore implements AutoCloseable {
    static final String ENDING = ".events";

    private final Path directory;
    private final Map<Key, IncarnationJournal> journals = new LinkedHashMap<>();
    /** With which record of an incarnation this controller's recording began. */
    private final Map<Key, Long> begun = new HashMap<>();

    private final List<RecordListener> listeners = new CopyOnWriteArrayList<>();

    private record Key(String node, long incarnation) {}

    /** @param directory such as {@code <bundle>/journals}; made if missing, and what is in it is continued */
    public JournalStore(Path directory) {
        this.directory = directory;
        try {
            PrivateFiles.directory(directory);
        } catch (IOException e) {
            throw new Problem("Cannot make the directory " + directory + " for journals: " + e.getMessage(), e);
        }
    }

    /**
     * The journals of a bundle as they were left, for a check without nodes; in order of node, then of the files' names.
     *
     * @throws IOException if the directory or a file in it cannot be read
     */
    public static List<JournalState> read(Path directory) throws IOException {
        List<JournalState> states = new ArrayList<>();
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            long incarnation = HexFormat.fromHexDigitsToLong(name.substring(0, name.length() - ENDING.length()));
            String node = file.getParent().getFileName().toString();
            Map<Integer, Long> faults = new LinkedHashMap<>();
            EventFile.End end = EventFile.read(file, record -> {
                if (record.type() == EventType.FAULT) {
                    faults.merge(record.injection(), 1L, Long::sum);
                }
            });
            JournalEnd known = JournalEnd.read(file);
            String damage = end.damage().isEmpty() ? known.damage() : end.damage();
            states.add(new JournalState(
                    node, incarnation, file, end.nextSeq(), end.bytes(), known.complete(), damage, faults));
        }
        return states;
    }

    /** Stores what is new in it and returns the first sequence number that is not stored. */
    long receive(String node, Tail tail) throws IOException {
        IncarnationJournal journal = journal(node, tail.getIncarnation());
        List<EventRecord> fresh = journal.receive(
                tail.getRecordsList().stream()
                        .map(ByteString::asReadOnlyByteBuffer)
                        .toList(),
                tail.getComplete(),
                tail.getDamage());
        for (RecordListener listener : listeners) {
            for (EventRecord record : fresh) {
                listener.stored(node, tail.getIncarnation(), record, journal.name(record.point()));
            }
        }
        synchronized (this) {
            notifyAll();
        }
        return journal.nextSeq();
    }

    /**
     * The agent stopped recording: all is there when {@code count} records are.
     *
     * @param problem why less was recorded than happened; empty if not
     */
    void endsAt(String node, long incarnation, long count, String problem) throws IOException {
        journal(node, incarnation).endsAt(count, problem);
        synchronized (this) {
            notifyAll();
        }
    }

    /**
     * The agent records, or records again.
     *
     * @param seq of the record with which it began
     */
    void goesOn(String node, long incarnation, long seq) throws IOException {
        synchronized (this) {
            if (begun.putIfAbsent(new Key(node, incarnation), seq) == null
                    && state(node, incarnation).isPresent()) {
                journal(node, incarnation).beginsAt(seq);
            }
        }
        if (state(node, incarnation).isPresent()) {
            journal(node, incarnation).goesOn();
        }
    }

    /** The first sequence number that is not stored; 0 for a journal that is not known. */
    long nextSeq(String node, long incarnation) throws IOException {
        boolean known;
        synchronized (this) {
            known = journals.containsKey(new Key(node, incarnation));
        }
        // An agent that never recorded has no journal, so its hello must not make one.
        return known || Files.exists(file(node, incarnation))
                ? journal(node, incarnation).nextSeq()
                : 0;
    }

    public void listen(RecordListener listener) {
        listeners.add(listener);
    }

    public void unlisten(RecordListener listener) {
        listeners.remove(listener);
    }

    int listeners() {
        return listeners.size();
    }

    /** Of all incarnations that sent something, in the order in which they first did. */
    public synchronized List<JournalState> states() {
        return journals.values().stream().map(IncarnationJournal::state).toList();
    }

    public synchronized Optional<JournalState> state(String node, long incarnation) {
        return Optional.ofNullable(journals.get(new Key(node, incarnation))).map(IncarnationJournal::state);
    }

    /**
     * Waits until all records are there, something is known to be missing, or the time is over: then it is not complete.
     * What is all, is known when the agent has stopped recording, or has read the journal of an earlier incarnation to its
     * end.
     */
    public JournalState awaitComplete(String node, long incarnation, Duration timeout) throws InterruptedException {
        return await(
                node,
                incarnation,
                timeout,
                state -> state.complete() || !state.damage().isEmpty());
    }

    /** Waits until all records below {@code seq} are stored, no more will come, or the time is over. */
    public JournalState awaitRecords(String node, long incarnation, long seq, Duration timeout)
            throws InterruptedException {
        return await(
                node,
                incarnation,
                timeout,
                state -> state.nextSeq() >= seq
                        || state.complete()
                        || !state.damage().isEmpty());
    }

    @Override
    public synchronized void close() {
        for (IncarnationJournal journal : journals.values()) {
            try {
                journal.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized JournalState await(
            String node, long incarnation, Duration timeout, Predicate<JournalState> done) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            JournalState state = state(node, incarnation).orElseGet(() -> nothing(node, incarnation));
            long left = deadline - System.nanoTime();
            if (left <= 0 || done.test(state)) {
                return state;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    private synchronized IncarnationJournal journal(String node, long incarnation) throws IOException {
        Key key = new Key(node, incarnation);
        IncarnationJournal journal = journals.get(key);
        if (journal == null) {
            journal = new IncarnationJournal(node, incarnation, file(node, incarnation));
            if (begun.containsKey(key)) {
                journal.beginsAt(begun.get(key));
            }
            journals.put(key, journal);
        }
        return journal;
    }

    private JournalState nothing(String node, long incarnation) {
        return new JournalState(node, incarnation, file(node, incarnation), 0, 0, false, "", Map.of());
    }

    private Path file(String node, long incarnation) {
        return directory.resolve(node).resolve(HexFormat.of().toHexDigits(incarnation) + ENDING);
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(directory, 2)) {
            return found.filter(file -> file.toString().endsWith(ENDING))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
