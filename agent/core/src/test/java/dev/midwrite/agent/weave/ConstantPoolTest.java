package dev.midwrite.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

class ConstantPoolTest {
    private static final String PREFIX = "org/springframework/session/";

    /** Has numbers of all sizes in its constant pool, and names a session in a descriptor only. */
    abstract static class Descriptor {
        static final long LONG = 0x1234_5678_9abcL;
        static final double DOUBLE = 1.5e200;
        static final float FLOAT = 1.5e20f;

        abstract void take(MapSession session);
    }

    @Test
    void aRepositoryNamesSpringSession() throws IOException {
        assertThat(ConstantPool.mentions(bytes(MapSessionRepository.class), PREFIX))
                .isTrue();
    }

    @Test
    void aDescriptorIsEnough() throws IOException {
        assertThat(ConstantPool.mentions(bytes(Descriptor.class), PREFIX)).isTrue();
    }

    @Test
    void othersDoNot() throws IOException {
        assertThat(ConstantPool.mentions(bytes(ConstantPool.class), PREFIX)).isFalse();
        assertThat(ConstantPool.mentions(bytes(String.class), PREFIX)).isFalse();
    }

    @Test
    void garbageAndCutsMentionNothingAndDoNoHarm() throws IOException {
        assertThat(ConstantPool.mentions(new byte[0], PREFIX)).isFalse();
        assertThat(ConstantPool.mentions(new byte[100], PREFIX)).isFalse();
        byte[] whole = bytes(ConstantPool.class);
        for (int length = 0; length < whole.length; length++) {
            assertThat(ConstantPool.mentions(Arrays.copyOf(whole, length), PREFIX))
                    .isFalse();
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream from = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return from.readAllBytes();
        }
    }
}
