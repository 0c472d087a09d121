package dev.midwrite.controller.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CloseFramesTest {
    /** A masked text of 300 bytes, a ping, and a masked close with 1001 and a reason. */
    private static byte[] conversation() {
        byte[] bytes = new byte[4 + 4 + 300 + 2 + 6 + 2 + 3];
        bytes[0] = (byte) 0x81;
        bytes[1] = (byte) (0x80 | 126);
        bytes[2] = 1;
        bytes[3] = 44;
        Arrays.fill(bytes, 8, 308, (byte) 0x88);
        bytes[308] = (byte) 0x89;
        bytes[309] = 0;
        bytes[310] = (byte) 0x88;
        bytes[311] = (byte) (0x80 | 5);
        byte[] mask = {1, 2, 3, 4};
        System.arraycopy(mask, 0, bytes, 312, 4);
        byte[] payload = {3, (byte) 0xE9, 'b', 'y', 'e'};
        for (int i = 0; i < payload.length; i++) {
            bytes[316 + i] = (byte) (payload[i] ^ mask[i % 4]);
        }
        return bytes;
    }

    @Test
    void findsTheCodeHoweverTheBytesCome() {
        byte[] bytes = conversation();
        for (int size = 1; size <= bytes.length; size++) {
            CloseFrames frames = new CloseFrames();
            for (int at = 0; at < bytes.length; at += size) {
                frames.pass(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
            }
            assertThat(frames.code()).as("pieces of " + size).isEqualTo(1001);
        }
    }

    @Test
    void aCloseWithoutACodeAndNoneAtAll() {
        CloseFrames frames = new CloseFrames();
        assertThat(frames.code()).isZero();
        frames.pass(new byte[] {(byte) 0x88, 0});
        assertThat(frames.code()).isEqualTo(CloseFrames.NO_STATUS);
    }
}
