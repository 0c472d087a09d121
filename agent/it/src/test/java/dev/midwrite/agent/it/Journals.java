package dev.midwrite.agent.it;

import dev.midwrite.event.EventRecord;
import dev.midwrite.journal.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a host's JVM left on disk. */
final class Journals {

    private Journals() {}

    /** All records of the only incarnation below this directory, in order. */
    static List<EventRecord> records(Path directory) throws IOException {
        List<Path> queues = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                if (JournalReader.holdsQueue(path)) {
                    queues.add(path);
                }
            }
        }
        if (queues.size() != 1) {
            throw new IOException("not one journal but " + queues);
        }
        List<EventRecord> records = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(queues.get(0))) {
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                records.add(EventRecord.read(frame, 0));
            }
            if (!reader.damage().isEmpty()) {
                throw new IOException(reader.damage());
            }
        }
        return records;
    }

    static EventRecord lastRecord(Path directory) throws IOException {
        List<EventRecord> records = records(directory);
        return records.get(records.size() - 1);
    }
}
