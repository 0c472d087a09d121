package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class UserOperationTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private final UserOperation operation = new UserOperation(
            OperationKind.READ_LIST,
            1,
            2,
            3,
            4,
            UserOperation.NEVER,
            5,
            6,
            7,
            8,
            9,
            10,
            3,
            2,
            Outcome.INFO,
            UserOperation.FINAL | UserOperation.WHOLE,
            new long[] {100, -200, 300});

    @Test
    void readsWhatItWrote() {
        operation.write(buffer);
        buffer.flip();
        assertThat(buffer.limit()).isEqualTo(Frame.HEADER_BYTES + 24);
        assertThat(UserOperation.read(buffer, 0)).isEqualTo(operation);
    }

    @Test
    void nothingIsLostOnTheWayToAnotherOfItsKind() {
        assertThat(operation.but().build()).isEqualTo(operation);
        assertThat(UserOperation.of(OperationKind.READ_LIST, 2)
                        .seq(1)
                        .incarnation(3)
                        .between(4, UserOperation.NEVER)
                        .value(5)
                        .second(6)
                        .request(7, 2)
                        .process(8)
                        .node(9)
                        .attribute(10)
                        .length(3)
                        .outcome(Outcome.INFO)
                        .flags(UserOperation.FINAL | UserOperation.WHOLE)
                        .payload(100, -200, 300)
                        .build())
                .isEqualTo(operation);
        assertThat(operation.but().session(12).build().session()).isEqualTo(12);
    }

    @Test
    void whatAnAnswerTellsIsNotKnownWithoutOne() {
        long[] nothing = {};
        assertThat(answered()
                        .but()
                        .value(6)
                        .second(5)
                        .flags(UserOperation.FINAL)
                        .payload(1)
                        .unanswered()
                        .build())
                .isEqualTo(new UserOperation(
                        OperationKind.READ_LIST,
                        1,
                        2,
                        3,
                        4,
                        UserOperation.NEVER,
                        6,
                        0,
                        7,
                        8,
                        9,
                        10,
                        0,
                        1,
                        Outcome.INFO,
                        0,
                        nothing));
    }

    @Test
    void flagsAreAskedOneByOne() {
        assertThat(operation.is(UserOperation.FINAL)).isTrue();
        assertThat(operation.is(UserOperation.ABSENT)).isFalse();
    }

    @Test
    void lengthOfAnIndeterminateOperationIsTheStatusOfTheAnswer() {
        assertThat(operation.status()).isEqualTo(3);
        assertThat(answered().status()).isZero();
    }

    private static UserOperation answered() {
        long[] nothing = {};
        return new UserOperation(
                OperationKind.READ_LIST, 1, 2, 3, 4, 5, 0, 0, 7, 8, 9, 10, 3, 1, Outcome.OK, 0, nothing);
    }

    @Test
    void anyFlippedBitIsNoticed() {
        operation.write(buffer);
        buffer.flip();
        for (int bit = 0; bit < buffer.limit() * 8; bit++) {
            byte before = buffer.get(bit / 8);
            buffer.put(bit / 8, (byte) (before ^ (1 << (bit % 8))));
            assertThatThrownBy(() -> UserOperation.read(buffer, 0)).isInstanceOf(FrameException.class);
            buffer.put(bit / 8, before);
        }
    }
}
