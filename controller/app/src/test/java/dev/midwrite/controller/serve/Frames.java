package dev.midwrite.controller.serve;

import com.google.protobuf.ByteString;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Frame;
import dev.midwrite.event.Incarnation;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Tail;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/** Journal records as an agent writes them: a header, a name, a fault of injection 7, then operations. */
final class Frames {
    static final String POINT = "spring.SessionRepository.save";

    private Frames() {}

    static EventRecord record(long seq) {
        EventType type = seq == 0
                ? EventType.HEADER
                : seq == 1 ? EventType.NAME : seq == 2 ? EventType.FAULT : EventType.OPERATION;
        byte[] payload = seq == 0
                ? new Incarnation("node-1", 0xA1L, 1, 2, 3).toPayload()
                : seq == 1 ? POINT.getBytes(StandardCharsets.UTF_8) : new byte[(int) (seq % 5)];
        return new EventRecord(
                type, seq, 1_000 + seq, 5, 6, 0, 0, 0, seq == 0 ? 0 : 1, Edge.BEFORE, 0, 0, seq == 2 ? 7 : 0, payload);
    }

    static ByteString frame(long seq) {
        EventRecord record = record(seq);
        ByteBuffer buffer = ByteBuffer.allocate(Frame.HEADER_BYTES + record.payload().length)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.write(buffer);
        return ByteString.copyFrom(buffer.flip());
    }

    /** @param to exclusive */
    static List<ByteString> frames(long from, long to) {
        return LongStream.range(from, to).mapToObj(Frames::frame).toList();
    }

    static byte[] bytes(long from, long to) {
        return ByteString.copyFrom(frames(from, to)).toByteArray();
    }

    static Tail tail(long incarnation, long from, long to) {
        return Tail.newBuilder()
                .setIncarnation(incarnation)
                .addAllRecords(frames(from, to))
                .build();
    }

    static AgentMessage message(Tail tail) {
        return AgentMessage.newBuilder().setTail(tail).build();
    }
}
