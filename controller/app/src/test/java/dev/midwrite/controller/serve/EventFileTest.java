package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    Path directory;

    @Test
    void readsAllThatIsThere() throws IOException {
        List<EventRecord> records = new ArrayList<>();
        EventFile.End end = EventFile.read(file(Frames.bytes(0, 30_000)), records::add);
        assertThat(records).hasSize(30_000);
        assertThat(records.get(29_999)).isEqualTo(Frames.record(29_999));
        assertThat(end.nextSeq()).isEqualTo(30_000);
        assertThat(end.damage()).isEmpty();
    }

    @Test
    void readsEveryWholeRecordOfAFileThatIsCutAnywhere() throws IOException {
        byte[] whole = Frames.bytes(0, 5);
        for (int cut = 0; cut <= whole.length; cut++) {
            int records = 0;
            while (records < 5 && Frames.bytes(0, records + 1).length <= cut) {
                records++;
            }
            EventFile.End end = EventFile.read(file(Arrays.copyOf(whole, cut)), record -> {});
            int good = Frames.bytes(0, records).length;
            assertThat(end.nextSeq()).as("cut at %s", cut).isEqualTo(records);
            assertThat(end.bytes()).isEqualTo(good);
            if (cut == good) {
                assertThat(end.damage()).isEmpty();
            } else {
                assertThat(end.damage()).startsWith("record " + records + " at byte " + good + ": cut");
            }
        }
    }

    @Test
    void stopsAtADamagedRecordAndSaysWhere() throws IOException {
        byte[] bytes = Frames.bytes(0, 5);
        int place = Frames.bytes(0, 3).length;
        bytes[place + 40] ^= 1;
        EventFile.End end = EventFile.read(file(bytes), record -> {});
        assertThat(end.nextSeq()).isEqualTo(3);
        assertThat(end.damage()).isEqualTo("record 3 at byte " + place + ": checksum is wrong");
    }

    @Test
    void stopsWhereARecordIsMissing() throws IOException {
        Path file = file(Frames.bytes(0, 2));
        Files.write(file, Frames.bytes(3, 5), StandardOpenOption.APPEND);
        EventFile.End end = EventFile.read(file, record -> {});
        assertThat(end.nextSeq()).isEqualTo(2);
        assertThat(end.damage()).endsWith("record 3 stands here");
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("a.events"), bytes);
    }
}
