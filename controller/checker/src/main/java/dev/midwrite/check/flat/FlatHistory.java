package dev.midwrite.check.flat;

import dev.midwrite.event.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file of user operations, partitioned by session: a counting sort of four bytes for each operation, beside the mapped
 * file. Immutable.
 */
public final class FlatHistory {
    /** So many sessions are taken at once by a thread. */
    private static final int BATCH = 16;

    private static final int HEADER_WORDS = Frame.HEADER_BYTES / Long.BYTES;

    private final MappedFrames frames;
    private final SessionTable sessions;
    /** First place of each session in {@link #places}, and one behind the last. */
    private final int[] starts;
    /** Where frames begin, in units of eight bytes: session after session, each in the order of the file. */
    private final int[] places;

    private FlatHistory(MappedFrames frames, SessionTable sessions, int[] starts, int[] places) {
        this.frames = frames;
        this.sessions = sessions;
        this.starts = starts;
        this.places = places;
    }

    /**
     * Checks every frame and partitions the file.
     *
     * @param threads at least 1
     * @throws BrokenFileException if a frame is cut, harmed, missing, or there twice
     */
    public static FlatHistory read(Path file, int threads) throws IOException {
        return read(MappedFrames.open(file), threads);
    }

    static FlatHistory read(MappedFrames frames, int threads) {
        List<FrameScan> scans = scan(frames, threads);
        if (!joined(scans)) {
            // A guess at where to divide was wrong, or something is broken: only one scan from the start can tell.
            scans = scan(frames, 1);
        }
        FrameScan first = scans.get(0);
        if (first.broken() != null) {
            throw first.broken();
        }
        if (first.firstSeq() > 0) {
            throw new BrokenFileException(0, 0, "here is number " + first.firstSeq());
        }
        return partition(frames, scans);
    }

    private static List<FrameScan> scan(MappedFrames frames, int threads) {
        List<FrameScan> scans = new ArrayList<>();
        long from = 0;
        for (int i = 1; i < threads; i++) {
            long limit = FrameScan.frameAfter(frames, frames.size() / threads * i);
            if (limit > from) {
                scans.add(new FrameScan(frames, from, limit));
                from = limit;
            }
        }
        if (from < frames.size() || scans.isEmpty()) {
            scans.add(new FrameScan(frames, from, frames.size()));
        }
        Threads.run(scans.stream().<Runnable>map(scan -> scan::run).toList());
        return scans;
    }

    private static boolean joined(List<FrameScan> scans) {
        long at = 0;
        long seq = 0;
        for (FrameScan scan : scans) {
            if (scan.broken() != null || scan.from() != at || (scan.operations() > 0 && scan.firstSeq() != seq)) {
                return false;
            }
            at = scan.to();
            seq += scan.operations();
        }
        return true;
    }

    private static FlatHistory partition(MappedFrames frames, List<FrameScan> scans) {
        SessionTable all = scans.size() == 1 ? scans.get(0).sessions : new SessionTable();
        List<int[]> next = new ArrayList<>();
        for (FrameScan scan : scans) {
            int[] numbers = new int[scan.sessions.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = all.number(scan.sessions.label(i));
            }
            next.add(numbers);
        }
        int[] starts = new int[all.size() + 1];
        for (int s = 0; s < scans.size(); s++) {
            for (int i = 0; i < next.get(s).length; i++) {
                starts[next.get(s)[i] + 1] += scans.get(s).sessions.operations(i);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            starts[i + 1] += starts[i];
        }
        int[] free = starts.clone();
        for (int s = 0; s < scans.size(); s++) {
            int[] numbers = next.get(s);
            for (int i = 0; i < numbers.length; i++) {
                int number = numbers[i];
                numbers[i] = free[number];
                free[number] += scans.get(s).sessions.operations(i);
            }
        }
        int[] places = new int[starts[all.size()]];
        List<Runnable> placing = new ArrayList<>();
        for (int s = 0; s < scans.size(); s++) {
            FrameScan scan = scans.get(s);
            int[] from = next.get(s);
            placing.add(() -> scan.place(from, places));
        }
        Threads.run(placing);
        return new FlatHistory(frames, all, starts, places);
    }

    public int operations() {
        return places.length;
    }

    public int sessions() {
        return sessions.size();
    }

    /**
     * Hands over all sessions, each whole to one sink.
     *
     * @param sinks one for each thread
     */
    public void forEachSession(List<? extends SessionSink> sinks) {
        AtomicInteger next = new AtomicInteger();
        Threads.run(sinks.stream().<Runnable>map(sink -> () -> feed(sink, next)).toList());
    }

    private void feed(SessionSink sink, AtomicInteger next) {
        long[] words = new long[64];
        for (int first = next.getAndAdd(BATCH); first < sessions.size(); first = next.getAndAdd(BATCH)) {
            for (int session = first; session < Math.min(first + BATCH, sessions.size()); session++) {
                sink.begin(sessions.label(session), starts[session + 1] - starts[session]);
                for (int i = starts[session]; i < starts[session + 1]; i++) {
                    long at = Integer.toUnsignedLong(places[i]) << 3;
                    frames.copy(at, words, 0, HEADER_WORDS);
                    int payload = (int) words[HEADER_WORDS - 1] >>> 3;
                    if (payload > 0) {
                        if (words.length < HEADER_WORDS + payload) {
                            words = new long[HEADER_WORDS + 2 * payload];
                            frames.copy(at, words, 0, HEADER_WORDS);
                        }
                        frames.copy(at + Frame.HEADER_BYTES, words, HEADER_WORDS, payload);
                    }
                    sink.accept(words, 0);
                }
                sink.finish();
            }
        }
    }
}
