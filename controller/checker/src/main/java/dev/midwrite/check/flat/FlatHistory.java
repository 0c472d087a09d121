package dev.midwrite.check.flat;

import dev.midwrite.event.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * User operations in a file, or in a Chronicle Queue's files, partitioned by session: a counting sort of four bytes for
 * each operation, beside the mapped files. Immutable.
 */
public final class FlatHistory {
    /** So many sessions are taken at once by a thread. */
    private static final int BATCH = 16;
    /** So many frames are touched before the first of them is read. */
    private static final int AHEAD = 32;

    private static final int HEADER_WORDS = Frame.HEADER_BYTES / Long.BYTES;

    private final MappedFrames frames;
    private final SessionTable sessions;
    /** First place of each session in {@link #places}, and one behind the last. */
    private final int[] starts;
    /** Where frames begin, in units of {@link MappedFrames}: session after session, each in the order of the file. */
    private final int[] places;
    /** Only so that the loads of {@link #touch} have a use. */
    private final AtomicLong feedings = new AtomicLong();

    private FlatHistory(MappedFrames frames, SessionTable sessions, int[] starts, int[] places) {
        this.frames = frames;
        this.sessions = sessions;
        this.starts = starts;
        this.places = places;
    }

    /**
     * Checks every frame and partitions the operations.
     *
     * @param path a file of frames, or a directory with the files of a Chronicle Queue of frames
     * @param threads at least 1
     * @throws BrokenFileException if a frame is cut, damaged, missing, or there twice
     * @throws IOException if there is nothing of this kind, or it cannot be read
     */
    public static FlatHistory read(Path path, int threads) throws IOException {
        return read(MappedFrames.open(path), threads);
    }

    static FlatHistory read(MappedFrames frames, int threads) {
        List<FrameScan> scans = scan(frames, threads);
        if (!joined(frames, scans)) {
            // A guess at where to divide was wrong, or something is broken: only one scan of a file can tell.
            scans = scan(frames, 1);
            refuseBroken(frames, scans);
        }
        return partition(frames, scans, threads);
    }

    private static List<FrameScan> scan(MappedFrames frames, int threads) {
        List<FrameScan> scans = new ArrayList<>();
        for (MappedFrames.Part part : frames.parts()) {
            long from = part.from();
            // Several files are divided between threads as they are.
            for (int i = 1; i < threads && frames.parts().size() == 1; i++) {
                long limit = FrameScan.frameAfter(frames, part, (part.to() - part.from()) / threads * i + part.from());
                if (limit > from) {
                    scans.add(new FrameScan(frames, part, from, limit));
                    from = limit;
                }
            }
            scans.add(new FrameScan(frames, part, from, part.to()));
        }
        Threads.run(scans, threads);
        return scans;
    }

    /** Whether each scan goes on where the one before it has ended. */
    private static boolean joined(MappedFrames frames, List<FrameScan> scans) {
        long seq = 0;
        for (int i = 0; i < scans.size(); i++) {
            FrameScan scan = scans.get(i);
            boolean goesOn = i == 0
                    || frames.parts().size() > 1
                    || scan.from() == scans.get(i - 1).to();
            if (!goesOn || scan.broken() != null || (scan.operations() > 0 && scan.firstSeq() != seq)) {
                return false;
            }
            seq += scan.operations();
        }
        return true;
    }

    private static void refuseBroken(MappedFrames frames, List<FrameScan> scans) {
        long seq = 0;
        for (FrameScan scan : scans) {
            if (scan.firstSeq() >= 0 && scan.firstSeq() != seq) {
                throw frames.broken(seq, scan.from(), "here is number " + scan.firstSeq());
            }
            if (scan.broken() != null) {
                throw scan.broken();
            }
            seq += scan.operations();
        }
    }

    private static FlatHistory partition(MappedFrames frames, List<FrameScan> scans, int threads) {
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
        List<Placing> placing = new ArrayList<>();
        for (int s = 0; s < scans.size(); s++) {
            placing.add(new Placing(scans.get(s), next.get(s), places));
        }
        Threads.run(placing, threads);
        return new FlatHistory(frames, all, starts, places);
    }

    /** Puts the frames of one scan where their sessions are. */
    private record Placing(FrameScan scan, int[] from, int[] places) implements Runnable {
        @Override
        public void run() {
            scan.place(from, places);
        }
    }

    /** Feeds sessions to one sink as long as there are any. */
    private record Feeding(FlatHistory history, SessionSink sink, AtomicInteger next) implements Runnable {
        @Override
        public void run() {
            history.feed(sink, next);
        }
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
        List<Feeding> feeding = new ArrayList<>();
        for (SessionSink sink : sinks) {
            feeding.add(new Feeding(this, sink, next));
        }
        Threads.run(feeding, sinks.size());
    }

    private void feed(SessionSink sink, AtomicInteger next) {
        long[] words = new long[64];
        long touched = 0;
        for (int first = next.getAndAdd(BATCH); first < sessions.size(); first = next.getAndAdd(BATCH)) {
            for (int session = first; session < Math.min(first + BATCH, sessions.size()); session++) {
                sink.begin(sessions.label(session), starts[session + 1] - starts[session]);
                for (int i = starts[session]; i < starts[session + 1]; i++) {
                    if ((i - starts[session]) % AHEAD == 0) {
                        touched += touch(i, Math.min(i + AHEAD, starts[session + 1]));
                    }
                    long at = Integer.toUnsignedLong(places[i]) << MappedFrames.UNIT_SHIFT;
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
        feedings.addAndGet(touched == 0 ? 0 : 1);
    }

    /** Loads that do not wait for each other: frames of one session lie all over the file. */
    private long touch(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            long at = Integer.toUnsignedLong(places[i]) << MappedFrames.UNIT_SHIFT;
            sum += frames.word(at) ^ frames.word(at + Frame.HEADER_BYTES - Long.BYTES);
        }
        return sum;
    }
}
