package dev.midwrite.check.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Validity;
import dev.midwrite.check.search.Budget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A history that is not linearizable does not become so by damage. (What is cut away cannot testify: a history that is
 * cut at the end of a line before its violation is a shorter history.)
 */
class DamagedHistoryTest {
    private static final int TRIES = Integer.getInteger("midwrite.format.damages", 3_000);

    @ParameterizedTest
    @CsvSource({"JEPSEN_LOG,jepsen/etcd_000.log", "KV,kv/c01-bad.txt", "EDN_REGISTER,kv/c01-bad.txt"})
    void damageIsUnreadableOrStillNotLinearizable(HistoryFormat format, String name) throws Exception {
        byte[] whole = CorpusTest.bytes(name);
        if (format == HistoryFormat.EDN_REGISTER) {
            whole = register();
        }
        SplittableRandom random = new SplittableRandom(7);
        int unreadable = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = damage(whole, random);
            try {
                format.read(damaged, null).judge(Budget.DEFAULT);
            } catch (UnreadableHistoryException e) {
                assertThat(e).hasMessageStartingWith("line ");
                unreadable++;
            }
        }
        assertThat(unreadable).isGreaterThan(TRIES / 3);
    }

    @ParameterizedTest
    @CsvSource({"JEPSEN_LOG,jepsen/etcd_000.log", "KV,kv/c01-bad.txt"})
    void linesOutOfPlaceNeverMakeAPass(HistoryFormat format, String name) throws Exception {
        String[] lines = new String(CorpusTest.bytes(name), StandardCharsets.UTF_8).split("\n");
        for (int i = 0; i < lines.length; i++) {
            String[] doubled = Arrays.copyOf(lines, lines.length + 1);
            System.arraycopy(lines, i, doubled, i + 1, lines.length - i);
            assertThat(passes(format, doubled)).as("line %d twice", i + 1).isFalse();
        }
        for (int i = 1; i < lines.length; i++) {
            String process = process(lines[i]);
            if (!process.equals(process(lines[i - 1]))) {
                continue;
            }
            String[] swapped = lines.clone();
            swapped[i] = lines[i - 1];
            swapped[i - 1] = lines[i];
            assertThat(passes(format, swapped))
                    .as("lines %d and %d swapped", i, i + 1)
                    .isFalse();
        }
    }

    private static boolean passes(HistoryFormat format, String[] lines) {
        try {
            return format.read(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), null)
                            .judge(Budget.DEFAULT)
                            .validity()
                    == Validity.TRUE;
        } catch (UnreadableHistoryException e) {
            return false;
        }
    }

    private static String process(String line) {
        return line.replaceAll(".*(?: - |:process )(\\d+).*", "$1");
    }

    private static byte[] damage(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                int length = Math.min(random.nextInt(200), bytes.length - at);
                ByteArrayOutputStream doubled = new ByteArrayOutputStream();
                doubled.write(bytes, 0, at + length);
                doubled.write(bytes, at, bytes.length - at);
                return doubled.toByteArray();
            }
            default -> {
                for (int i = at; i < Math.min(bytes.length, at + 40); i++) {
                    bytes[i] = (byte) random.nextInt(256);
                }
            }
        }
        return bytes;
    }

    private static byte[] register() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 40; i++) {
            String f = i % 2 == 0 ? "write" : "read";
            String arg = i % 2 == 0 ? "" + i : "nil";
            int result = i % 2 == 0 ? i : i == 21 ? 2 : i - 1;
            text.append("{:process %d, :type :invoke, :f :%s, :value %s}\n".formatted(i % 3, f, arg));
            text.append("{:process %d, :type :ok, :f :%s, :value %d}\n".formatted(i % 3, f, result));
        }
        return text.append("]").toString().getBytes(StandardCharsets.UTF_8);
    }
}
