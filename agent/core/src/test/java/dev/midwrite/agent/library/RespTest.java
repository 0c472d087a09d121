package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespTest {

    /** The command with the byte that was found in brackets. */
    private static String found(String command) {
        int index = Resp.valueByte(ByteBuffer.wrap(command.getBytes(StandardCharsets.ISO_8859_1)));
        return index < 0
                ? "none"
                : command.substring(0, index) + "[" + command.charAt(index) + "]" + command.substring(index + 1);
    }

    private static String command(String... strings) {
        StringBuilder command = new StringBuilder("*" + strings.length + "\r\n");
        for (String string : strings) {
            command.append('$')
                    .append(string.length())
                    .append("\r\n")
                    .append(string)
                    .append("\r\n");
        }
        return command.toString();
    }

    @Test
    void findsTheMiddleOfTheLongestValue() {
        assertThat(found(command("SET", "a-key-that-is-longer", "value"))).endsWith("va[l]ue\r\n");
        assertThat(found(command("HMSET", "key", "field", "0123456", "f", "012")))
                .contains("012[3]456");
    }

    @Test
    void aCommandWithoutAValueHasNone() {
        assertThat(found(command("HGETALL", "key"))).isEqualTo("none");
        assertThat(found(command("PING"))).isEqualTo("none");
        assertThat(found(command("SET", "key", ""))).isEqualTo("none");
    }

    @Test
    void aScriptIsLeftAlone() {
        assertThat(found(command("EVAL", "return redis.call('get', KEYS[1])", "1", "key")))
                .isEqualTo("none");
        assertThat(found(command("EVALSHA", "0123456789", "1", "key", "value"))).isEqualTo("none");
    }

    @Test
    void ofALongCommandItsBeginningIsEnough() {
        String whole = command("SET", "key", "0123456789");
        assertThat(found(whole.substring(0, whole.length() - 6))).endsWith("$10\r\n012[3]45");
    }

    @Test
    void looksFromThePositionToTheLimit() {
        byte[] command = ("xx" + command("SET", "key", "value") + "yy").getBytes(StandardCharsets.ISO_8859_1);
        int index = Resp.valueByte(ByteBuffer.wrap(command, 2, command.length - 4));
        assertThat((char) command[index]).isEqualTo('l');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*3",
                "*3\r\n$",
                "*3\r\n$3\r\nSET",
                "PING\r\n",
                "*9999999999\r\n",
                "*1\r\n$-1\r\n",
                "*x\r\n"
            })
    void whatIsNoWholeCommandHasNone(String bytes) {
        assertThat(found(bytes)).isEqualTo("none");
    }
}
