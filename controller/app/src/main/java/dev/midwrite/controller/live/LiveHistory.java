package dev.midwrite.controller.live;

import dev.midwrite.check.flat.OperationSpill;
import dev.midwrite.check.judge.LiveListener;
import dev.midwrite.check.judge.StreamingJudge;
import dev.midwrite.controller.history.HistoryTail;
import dev.midwrite.controller.history.StartFacts;
import dev.midwrite.event.UserOperation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Follows the users' history of one run, and judges it as it grows. Not thread-safe. */
public final class LiveHistory implements Closeable {
    /** However much there is to read, what it shows is told in steps of so much of the run's time. */
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int INVOKED = 32;
    private static final int RETURNED = 40;
    private static final int OUTCOME = 86;

    private final HistoryTail tail;
    private final OperationSpill spill;
    private final StreamingJudge judge;
    private final Throughput throughput = new Throughput();
    private long latest;
    private long advanced;

    private LiveHistory(HistoryTail tail, OperationSpill spill, StreamingJudge judge) {
        this.tail = tail;
        this.spill = spill;
        this.judge = judge;
    }

    /**
     * Opens the history at its beginning.
     *
     * @param spillDirectory where a file is made that takes as much as the history, and that has no name
     * @throws IOException if the history is not there, or the file cannot be made
     */
    public static LiveHistory open(Path users, StartFacts facts, Path spillDirectory, LiveListener listener)
            throws IOException {
        HistoryTail tail = HistoryTail.open(users);
        try {
            OperationSpill spill = OperationSpill.create(spillDirectory);
            return new LiveHistory(tail, spill, new StreamingJudge(facts.terms(), facts.lagNanos(), spill, listener));
        } catch (IOException e) {
            tail.close();
            throw e;
        }
    }

    /**
     * Judges some of what has been written since the last call; the time is taken from the operations.
     *
     * @return whether there was anything
     * @throws dev.midwrite.controller.Problem if the history is damaged, with the place
     * @throws IOException if a disk refuses
     */
    public boolean read() throws IOException {
        return tail.read(this::take) > 0;
    }

    private void take(ByteBuffer frames, int at) throws IOException {
        judge.accept(frames, at);
        long returned = frames.getLong(at + RETURNED);
        long ended = returned == UserOperation.NEVER ? frames.getLong(at + INVOKED) : returned;
        throughput.ended(ended, Byte.toUnsignedInt(frames.get(at + OUTCOME)));
        latest = Math.max(latest, ended);
        if (latest >= advanced + STEP) {
            advance(latest);
        }
    }

    /** @param now on the users' clock; {@link #read} has returned false since */
    public void advance(long now) {
        advanced = Math.max(advanced, now);
        judge.advance(advanced);
    }

    /** The run is over, and all was read: judges what was held back. */
    public void finish() {
        judge.finish();
    }

    /** When the last operation that was read had ended, on the users' clock. */
    public long latest() {
        return latest;
    }

    /** Of all that was read. */
    public Throughput throughput() {
        return throughput;
    }

    public long operations() {
        return judge.operations();
    }

    public int sessions() {
        return judge.sessions();
    }

    /** Sessions that grew too long to be judged live. */
    public long left() {
        return judge.left();
    }

    /** Operations that took so long that their sessions may have been judged too early. */
    public long late() {
        return judge.late();
    }

    /** Bytes at the end of the file that are no whole operation. */
    public long rest() throws IOException {
        return tail.rest();
    }

    @Override
    public void close() throws IOException {
        try (tail) {
            spill.close();
        }
    }
}
