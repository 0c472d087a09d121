package dev.midwrite.controller.serve;

import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Frame;
import dev.midwrite.event.FrameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The file of one incarnation: takes records in order, each once. Thread-safe. */
final class IncarnationJournal implements AutoCloseable {
    private final String node;
    private final long incarnation;
    private final Path file;
    private final FileChannel channel;
    private final Map<Integer, Long> faults = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    /** Faults before this record are of an earlier controller, whose numbers for injections were others. */
    private long first;

    private long nextSeq;
    private long bytes;
    /** The agent has read its journal to the end. */
    private boolean last;
    /** How many records there are, as the agent said when it stopped recording; -1 while it records. */
    private long end = -1;

    private String damage = "";
    private JournalEnd written = JournalEnd.UNKNOWN;

    /** Continues the file if it is there; what a controller's own end cut off goes. */
    IncarnationJournal(String node, long incarnation, Path file) throws IOException {
        this.node = node;
        this.incarnation = incarnation;
        this.file = file;
        PrivateFiles.directory(file.getParent());
        if (Files.exists(file)) {
            EventFile.End good = EventFile.read(file, this::note);
            nextSeq = good.nextSeq();
            bytes = good.bytes();
            written = JournalEnd.read(file);
            last = written.complete();
            damage = written.damage();
        }
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(bytes).position(bytes);
    }

    /**
     * Stores what is new. A record that cannot follow is not stored, nor is anything behind it: the file stays a gap-free
     * beginning.
     *
     * @return the records that were new
     */
    synchronized List<EventRecord> receive(List<ByteBuffer> frames, boolean isLast, String theirDamage)
            throws IOException {
        List<EventRecord> fresh = new ArrayList<>();
        ByteBuffer batch = ByteBuffer.allocate(
                frames.stream().mapToInt(ByteBuffer::remaining).sum());
        String found = damage;
        long next = nextSeq;
        for (ByteBuffer frame : frames) {
            if (!found.isEmpty()) {
                break;
            }
            EventRecord record;
            try {
                record = read(frame);
            } catch (FrameException e) {
                found = "record " + next + " came damaged: " + e.getMessage();
                break;
            }
            if (record.seq() > next) {
                found = "records " + next + " to " + (record.seq() - 1) + " never came";
            } else if (record.seq() == next) {
                batch.put(frame.duplicate());
                fresh.add(record);
                next++;
            }
        }
        write(batch.flip());
        nextSeq = next;
        fresh.forEach(this::note);
        last |= isLast;
        damage = found.isEmpty() ? theirDamage : found;
        writeEnd();
        return fresh;
    }

    /** Nothing follows for now; {@code problem} says why less was recorded than happened. */
    synchronized void endsAt(long count, String problem) throws IOException {
        end = count;
        damage = damage.isEmpty() ? problem : damage;
        writeEnd();
    }

    /** What this controller has asked for begins with this record. */
    synchronized void beginsAt(long seq) throws IOException {
        first = seq;
        faults.clear();
        EventFile.End counted = EventFile.read(file, this::note);
        assert counted.nextSeq() == nextSeq;
    }

    /** The agent records again in the same journal. */
    synchronized void goesOn() throws IOException {
        last = false;
        end = -1;
        writeEnd();
    }

    synchronized long nextSeq() {
        return nextSeq;
    }

    synchronized JournalState state() {
        return new JournalState(node, incarnation, file, nextSeq, bytes, complete(), damage, Map.copyOf(faults));
    }

    /** The name that a record's point number stands for; empty if no record gave it one. */
    synchronized String name(int point) {
        return names.getOrDefault(point, "");
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    private boolean complete() {
        return last || (end >= 0 && nextSeq >= end);
    }

    private void writeEnd() throws IOException {
        JournalEnd now = new JournalEnd(complete(), damage);
        if (!now.equals(written)) {
            now.write(file);
            written = now;
        }
    }

    private void write(ByteBuffer batch) throws IOException {
        int length = batch.remaining();
        try {
            while (batch.hasRemaining()) {
                channel.write(batch);
            }
        } catch (IOException e) {
            channel.truncate(bytes).position(bytes);
            throw e;
        }
        bytes += length;
    }

    private void note(EventRecord record) {
        if (record.type() == EventType.FAULT && record.seq() >= first) {
            faults.merge(record.injection(), 1L, Long::sum);
        } else if (record.type() == EventType.NAME) {
            names.put(record.point(), new String(record.payload(), StandardCharsets.UTF_8));
        }
    }

    private static EventRecord read(ByteBuffer frame) {
        ByteBuffer view = Frame.view(frame);
        EventRecord record = EventRecord.read(view, view.position());
        int length = Frame.HEADER_BYTES + record.payload().length;
        if (length != frame.remaining()) {
            throw new FrameException("a frame of " + length + " bytes in an item of " + frame.remaining());
        }
        return record;
    }
}
