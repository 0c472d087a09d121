package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventRecordTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    private static EventRecord record(byte[] payload) {
        return new EventRecord(
                EventType.FAULT, 7, 11, -1, 13, 17, 19, 23, 65535, Edge.STEP, FaultKind.CRASH.code(), 1, 29, payload);
    }

    @Test
    void readsWhatItWrote() {
        EventRecord written = record(new byte[] {1, 2, 3});
        written.write(buffer);
        assertThat(buffer.position()).isEqualTo(Frame.HEADER_BYTES + 3);
        buffer.flip();
        assertThat(EventRecord.read(buffer, 0)).isEqualTo(written);
        assertThat(Frame.sequence(buffer, 0)).isEqualTo(7);
    }

    @Test
    void fieldsLieWhereTheFormatSays() {
        record(new byte[0]).write(buffer);
        assertThat(buffer.getInt(0)).isEqualTo(96);
        assertThat(buffer.getShort(4)).isEqualTo((short) 1);
        assertThat(buffer.getShort(6)).isEqualTo((short) 3);
        assertThat(buffer.getLong(8)).isEqualTo(7);
        assertThat(buffer.getLong(16)).isEqualTo(11);
        assertThat(buffer.getLong(24)).isEqualTo(-1);
        assertThat(buffer.getLong(32)).isEqualTo(13);
        assertThat(buffer.getLong(40)).isEqualTo(17);
        assertThat(buffer.getLong(48)).isEqualTo(19);
        assertThat(buffer.getLong(56)).isEqualTo(23);
        assertThat(buffer.getShort(64)).isEqualTo((short) 65535);
        assertThat(buffer.get(66)).isEqualTo((byte) 2);
        assertThat(buffer.get(67)).isEqualTo((byte) 4);
        assertThat(buffer.getInt(68)).isEqualTo(1);
        assertThat(buffer.getInt(72)).isEqualTo(29);
        assertThat(buffer.getInt(76)).isZero();
    }

    @Test
    void framesFollowOneAnother() {
        EventRecord first = record(new byte[5]);
        EventRecord second = record(new byte[0]);
        first.write(buffer);
        int start = buffer.position();
        second.write(buffer);
        buffer.flip();
        assertThat(Frame.check(buffer, 0)).isEqualTo(start);
        assertThat(EventRecord.read(buffer, start)).isEqualTo(second);
    }

    @Test
    void anyFlippedBitIsNoticed() {
        record(new byte[] {9, 8, 7}).write(buffer);
        buffer.flip();
        for (int bit = 0; bit < buffer.limit() * 8; bit++) {
            byte before = buffer.get(bit / 8);
            buffer.put(bit / 8, (byte) (before ^ (1 << (bit % 8))));
            assertThatThrownBy(() -> EventRecord.read(buffer, 0)).isInstanceOf(FrameException.class);
            buffer.put(bit / 8, before);
        }
        assertThat(EventRecord.read(buffer, 0)).isEqualTo(record(new byte[] {9, 8, 7}));
    }

    @Test
    void anyCutIsNoticed() {
        record(new byte[] {9, 8, 7}).write(buffer);
        int whole = buffer.position();
        for (int length = 0; length < whole; length++) {
            ByteBuffer cut = Frame.view(buffer);
            cut.position(0).limit(length);
            assertThatThrownBy(() -> EventRecord.read(cut, 0))
                    .isInstanceOf(FrameException.class)
                    .hasMessageStartingWith("cut: ");
        }
    }

    @Test
    void noiseIsNeverARecord() {
        Random random = new Random(1);
        byte[] noise = new byte[4096];
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(noise);
            ByteBuffer from = ByteBuffer.wrap(noise).order(ByteOrder.LITTLE_ENDIAN);
            assertThatThrownBy(() -> EventRecord.read(from, 0)).isInstanceOf(FrameException.class);
        }
    }

    @Test
    void anIncarnationGoesThroughRecordZero() {
        Incarnation incarnation = new Incarnation("knoten-ä", 42, 1, 2, 3);
        assertThat(Incarnation.fromPayload(incarnation.toPayload())).isEqualTo(incarnation);
        assertThatThrownBy(() -> Incarnation.fromPayload(new byte[3])).isInstanceOf(FrameException.class);
    }
}
