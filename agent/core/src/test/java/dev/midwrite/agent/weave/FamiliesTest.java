package dev.midwrite.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

class FamiliesTest {
    private static final Families SESSIONS = new Families(List.of("org/springframework/session/"));

    /** Has numbers of all sizes in its constant pool, and names a session in a descriptor only. */
    abstract static class Descriptor {
        static final long LONG = 0x1234_5678_9abcL;
        static final double DOUBLE = 1.5e200;
        static final float FLOAT = 1.5e20f;

        abstract void take(MapSession session);
    }

    @Test
    void aRepositoryNamesSpringSession() throws IOException {
        assertThat(SESSIONS.areNamedIn(bytes(MapSessionRepository.class))).isTrue();
    }

    @Test
    void aDescriptorIsEnough() throws IOException {
        assertThat(SESSIONS.areNamedIn(bytes(Descriptor.class))).isTrue();
    }

    @Test
    void othersDoNot() throws IOException {
        assertThat(SESSIONS.areNamedIn(bytes(Families.class))).isFalse();
        assertThat(SESSIONS.areNamedIn(bytes(String.class))).isFalse();
    }

    @Test
    void garbageAndCutsMentionNothingAndDoNoHarm() throws IOException {
        assertThat(SESSIONS.areNamedIn(new byte[0])).isFalse();
        assertThat(SESSIONS.areNamedIn(new byte[100])).isFalse();
        byte[] whole = bytes(Families.class);
        for (int length = 0; length < whole.length; length++) {
            assertThat(SESSIONS.areNamedIn(Arrays.copyOf(whole, length))).isFalse();
        }
    }

    @Test
    void oneAmongManyIsFoundAndItsNeighboursAreNot() throws IOException {
        List<String> many = IntStream.range(0, 100)
                .mapToObj(i -> "org/springframework/sessioo" + i)
                .toList();
        assertThat(new Families(many).areNamedIn(bytes(MapSessionRepository.class)))
                .isFalse();
        List<String> more = new java.util.ArrayList<>(many);
        more.add("org/springframework/session/Session");
        assertThat(new Families(more).areNamedIn(bytes(Descriptor.class))).isFalse();
        assertThat(new Families(more).areNamedIn(bytes(MapSessionRepository.class)))
                .isTrue();
    }

    @Test
    void aTextInTheMiddleIsNoName() throws IOException {
        assertThat(new Families(List.of("springframework/session/")).areNamedIn(bytes(MapSessionRepository.class)))
                .isFalse();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream from = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return from.readAllBytes();
        }
    }
}
