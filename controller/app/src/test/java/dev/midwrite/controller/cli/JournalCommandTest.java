package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Incarnation;
import dev.midwrite.event.PointKind;
import dev.midwrite.journal.FrameQueue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Midwrite.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static List<EventRecord> records() {
        byte[] header = new Incarnation("node-1", 0xAB, 0, 0, 42).toPayload();
        byte[] name = "a.point".getBytes(StandardCharsets.UTF_8);
        return List.of(
                record(0, EventType.HEADER, 0, 0, 0, header),
                record(1, EventType.NAME, 0, 0, PointKind.SESSION_SAVE.code(), name),
                record(2, EventType.OPERATION, 0x11, 0x21, 0, new byte[0]),
                record(3, EventType.FAULT, 0x12, 0x22, FaultKind.DROP.code(), new byte[0]));
    }

    private static EventRecord record(
            long seq, EventType type, long session, long request, int outcome, byte[] payload) {
        return new EventRecord(type, seq, 0, session, 0, request, 0, 0, 1, Edge.BEFORE, outcome, 0, 0, payload);
    }

    private static ByteBuffer frame(EventRecord record) {
        ByteBuffer frame = ByteBuffer.allocateDirect(1024).order(ByteOrder.LITTLE_ENDIAN);
        record.write(frame);
        return frame.flip();
    }

    /** As a run's directory holds it. */
    private Path file() throws IOException {
        Path file = directory.resolve("run/journals/node-1/ab.events");
        Files.createDirectories(file.getParent());
        ByteBuffer all = ByteBuffer.allocate(4096);
        records().forEach(record -> all.put(frame(record)));
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        return Files.write(file, bytes);
    }

    @Test
    void printsWhatARunHolds() throws IOException {
        Path file = file();
        assertThat(run("journal", directory.toString())).isZero();
        assertThat(out.toString().lines()).hasSize(6).first().isEqualTo("# " + file);
        assertThat(out.toString()).contains("a.point").contains("0000000000000012");
    }

    @Test
    void drawsAMapOfWhatARunHolds() throws IOException {
        file();
        assertThat(run("map", directory.toString())).isZero();
        assertThat(out.toString()).startsWith("node-1, one start").contains("session.save", "a.point");
    }

    @Test
    void aMapOfANodeThatIsNotThereNamesThoseThatAre() throws IOException {
        file();
        assertThat(run("map", "--node", "node-9", directory.toString())).isEqualTo(64);
        assertThat(err.toString()).contains("no journal of a node node-9").contains("node-1");
    }

    @Test
    void printsAQueueThatAnAgentHasLeft() {
        try (FrameQueue queue = FrameQueue.open(directory.resolve("00ab"))) {
            records().forEach(record -> queue.append(frame(record)));
        }
        assertThat(run("journal", "--json", directory.toString())).isZero();
        assertThat(out.toString().lines()).hasSize(4).allMatch(line -> line.startsWith("{\"node\":\"node-1\""));
    }

    @Test
    void printsARunsCopiesOnce() throws IOException {
        file();
        try (FrameQueue queue = FrameQueue.open(directory.resolve("run/agents/node-1/00ab"))) {
            records().forEach(record -> queue.append(frame(record)));
        }
        run("journal", "--json", directory.resolve("run").toString());
        assertThat(out.toString().lines()).hasSize(4);
    }

    @Test
    void printsOnlyWhatIsAskedFor() throws IOException {
        String file = file().toString();
        run("journal", "--json", "--faults", file);
        assertThat(out.toString().lines()).singleElement().asString().contains("\"fault\":\"drop\"");
        out.getBuffer().setLength(0);
        run("journal", "--json", "--session", "11", file);
        assertThat(out.toString().lines()).singleElement().asString().contains("\"record\":2");
        out.getBuffer().setLength(0);
        run("journal", "--json", "--request", "22", file);
        assertThat(out.toString().lines()).singleElement().asString().contains("\"record\":3");
    }

    @Test
    void ofADamagedJournalItsBeginning() throws IOException {
        Path file = file();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(run("journal", "--json", file.toString())).isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(err.toString()).contains(file + " is good up to here: record 3 at byte ");
    }

    @Test
    void badInputGetsASentence() throws IOException {
        assertThat(run("journal", directory.resolve("none").toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("There is no " + directory.resolve("none") + ".");
        assertThat(run("journal", directory.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("There is no journal in " + directory);
        assertThat(run("journal", "--session", "xyz", file().toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("--session takes up to 16 hexadecimal digits, not 'xyz'.");
    }
}
