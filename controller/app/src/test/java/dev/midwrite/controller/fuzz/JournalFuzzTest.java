package dev.midwrite.controller.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FrameException;
import dev.midwrite.journal.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A journal is read as far as it is whole, and where it is not, the reader says so. */
class JournalFuzzTest {
    @TempDir
    static Path directory;

    @FuzzTest
    void journal(byte[] file) throws IOException {
        Files.write(directory.resolve("20261201F.cq4"), file);
        try (JournalReader reader = JournalReader.open(directory)) {
            long records = 0;
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                records++;
                try {
                    EventRecord.read(frame, 0);
                } catch (FrameException e) {
                    // A blob that is whole may hold what is no record of ours.
                }
            }
            if (records != reader.nextSeq()) {
                throw new AssertionError(records + " records, and the next one is " + reader.nextSeq());
            }
        }
    }
}
