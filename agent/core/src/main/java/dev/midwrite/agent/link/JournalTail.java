package dev.midwrite.agent.link;

import com.google.protobuf.UnsafeByteOperations;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.journal.JournalReader;
import dev.midwrite.link.v1.Tail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Gives one incarnation's records to the controller in order, a window at a time. Belongs to the link's thread. */
final class JournalTail implements AutoCloseable {
    private static final int BATCH_RECORDS = 512;
    /** So many records may be on their way without an acknowledgement. */
    private static final int WINDOW = 8192;

    private final long incarnation;
    private final JournalReader reader;
    private long acknowledged;
    private boolean ended;
    private boolean endSent;

    private JournalTail(long incarnation, JournalReader reader, long from) {
        this.incarnation = incarnation;
        this.reader = reader;
        this.acknowledged = from;
    }

    /** @param from number of the first record to send */
    static JournalTail open(long incarnation, Path queue, long from) throws IOException {
        JournalReader reader = JournalReader.open(queue);
        reader.skipTo(from);
        return new JournalTail(incarnation, reader, from);
    }

    long incarnation() {
        return incarnation;
    }

    /** Nothing more will be written: what the reader finds is all there is. */
    void end() {
        ended = true;
    }

    /** More will be written after all. */
    void resume() {
        ended = false;
        endSent = false;
    }

    /** The next message, or null if there is nothing to send now. */
    Tail next() {
        if (endSent || reader.nextSeq() - acknowledged >= WINDOW) {
            return null;
        }
        Tail.Builder tail = Tail.newBuilder().setIncarnation(incarnation);
        for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
            tail.addRecords(UnsafeByteOperations.unsafeWrap(frame));
            if (tail.getRecordsCount() == BATCH_RECORDS) {
                return tail.build();
            }
        }
        boolean damaged = !reader.damage().isEmpty();
        if (ended || damaged) {
            endSent = true;
            return tail.setComplete(true).setDamage(reader.damage()).build();
        }
        return tail.getRecordsCount() == 0 ? null : tail.build();
    }

    void acknowledge(long nextSeq) {
        acknowledged = Math.max(acknowledged, nextSeq);
    }

    /** The controller has all that can be read. */
    boolean done() {
        return endSent && acknowledged >= reader.nextSeq();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            AgentLog.warn("a journal's file cannot be closed", e);
        }
    }
}
