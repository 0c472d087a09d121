package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.midwrite.link.v1.Tail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {
    private static final String NODE = "node-1";
    private static final long INCARNATION = 0xA1;

    @TempDir
    Path directory;

    private JournalStore store;

    @BeforeEach
    void open() {
        store = new JournalStore(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsRecordsVerbatimAndOnce() throws IOException {
        assertThat(receive(0, 6)).isEqualTo(6);
        assertThat(receive(3, 9)).isEqualTo(9);
        assertThat(receive(0, 4)).isEqualTo(9);
        assertThat(directory.resolve("node-1/00000000000000a1.events")).hasBinaryContent(Frames.bytes(0, 9));
        assertThat(state().faults()).isEqualTo(Map.of(7, 1L));
        assertThat(state().damage()).isEmpty();
        assertThat(state().complete()).isFalse();
    }

    @Test
    void tellsListenersEachRecordOnceWithItsPoint() throws IOException {
        List<String> heard = new ArrayList<>();
        store.listen((node, incarnation, record, point) -> heard.add(node + " " + record.seq() + " " + point));
        receive(0, 3);
        receive(2, 4);
        assertThat(heard)
                .containsExactly(
                        "node-1 0 ",
                        "node-1 1 " + Frames.POINT,
                        "node-1 2 " + Frames.POINT,
                        "node-1 3 " + Frames.POINT);
    }

    @Test
    void reportsAGapAndStoresNothingBehindIt() throws IOException, InterruptedException {
        receive(0, 4);
        assertThat(receive(6, 9)).isEqualTo(4);
        assertThat(receive(4, 6)).as("a hole that is known is not mended").isEqualTo(4);
        JournalState state = store.awaitComplete(NODE, INCARNATION, Duration.ofMinutes(1));
        assertThat(state.damage()).isEqualTo("records 4 to 5 never came");
        assertThat(state.file()).hasBinaryContent(Frames.bytes(0, 4));
    }

    @Test
    void reportsADamagedRecord() throws IOException {
        byte[] damaged = Frames.frame(2).toByteArray();
        damaged[20] ^= 1;
        long next = store.receive(
                NODE,
                Frames.tail(INCARNATION, 0, 2).toBuilder()
                        .addRecords(ByteString.copyFrom(damaged))
                        .addRecords(Frames.frame(3))
                        .build());
        assertThat(next).isEqualTo(2);
        assertThat(state().damage()).isEqualTo("record 2 came damaged: checksum is wrong");
    }

    @Test
    void knowsWhenAJournalIsComplete() throws IOException, InterruptedException {
        receive(0, 4);
        assertThat(store.awaitComplete(NODE, INCARNATION, Duration.ofMillis(1)).complete())
                .isFalse();
        store.receive(
                NODE,
                Frames.tail(INCARNATION, 4, 6).toBuilder().setComplete(true).build());
        JournalState state = store.awaitComplete(NODE, INCARNATION, Duration.ofMinutes(1));
        assertThat(state.whole()).isTrue();
        assertThat(state.nextSeq()).isEqualTo(6);
        assertThat(JournalStore.read(directory)).containsExactly(state);
    }

    @Test
    void isCompleteWhenAllIsThereThatWasRecordedUntilItGoesOn() throws IOException {
        receive(0, 3);
        store.endsAt(NODE, INCARNATION, 5, "");
        assertThat(state().complete()).isFalse();
        receive(3, 5);
        assertThat(state().whole()).isTrue();
        assertThat(JournalStore.read(directory)).containsExactly(state());
        store.receive(
                NODE,
                Tail.newBuilder().setIncarnation(INCARNATION).setComplete(true).build());
        store.goesOn(NODE, INCARNATION, 0);
        assertThat(state().complete()).isFalse();
        assertThat(JournalStore.read(directory)).containsExactly(state());
    }

    /** A node that nobody restarts between two runs sends the records of the first one once more. */
    @Test
    void faultsOfAnEarlierRecordingAreNotCounted() throws IOException {
        store.goesOn(NODE, INCARNATION, 7);
        receive(0, 9);
        assertThat(state().faults()).isEmpty();
        assertThat(state().nextSeq()).isEqualTo(9);
    }

    @Test
    void isNotWholeIfTheJournalTookLessThanHappened() throws IOException {
        receive(0, 3);
        store.endsAt(NODE, INCARNATION, 3, "the journal is full");
        assertThat(state().complete()).isTrue();
        assertThat(state().whole()).isFalse();
    }

    @Test
    void keepsWhatTheAgentSaidOfItsDamage() throws IOException {
        store.receive(
                NODE,
                Tail.newBuilder()
                        .setIncarnation(INCARNATION)
                        .addAllRecords(Frames.frames(0, 3))
                        .setComplete(true)
                        .setDamage("record 3: checksum\nis wrong")
                        .build());
        assertThat(state().complete()).isTrue();
        assertThat(state().whole()).isFalse();
        assertThat(JournalStore.read(directory).get(0).damage()).isEqualTo("record 3: checksum is wrong");
    }

    @Test
    void continuesWhatAnEarlierControllerLeftEvenIfItWasCut() throws IOException {
        receive(0, 5);
        store.close();
        Path file = directory.resolve("node-1/00000000000000a1.events");
        Files.write(file, Frames.frame(5).substring(0, 50).toByteArray(), StandardOpenOption.APPEND);
        store = new JournalStore(directory);
        assertThat(store.nextSeq(NODE, INCARNATION)).isEqualTo(5);
        assertThat(receive(3, 7)).isEqualTo(7);
        assertThat(file).hasBinaryContent(Frames.bytes(0, 7));
        assertThat(state().faults()).isEqualTo(Map.of(7, 1L));
    }

    @Test
    void makesNoFileForAnIncarnationThatNeverRecorded() throws IOException {
        assertThat(store.nextSeq(NODE, INCARNATION)).isZero();
        assertThat(store.states()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    private long receive(long from, long to) throws IOException {
        return store.receive(NODE, Frames.tail(INCARNATION, from, to));
    }

    private JournalState state() {
        return store.state(NODE, INCARNATION).orElseThrow();
    }
}
