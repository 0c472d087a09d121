package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names and messages from outside can do to a terminal: nothing. */
class TerminalWriterTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TerminalWriter out = new TerminalWriter(bytes, StandardCharsets.UTF_8);

    private String written() {
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b[H", // An empty screen.
                "\u001b]0;title\u0007", // The window's title.
                "\u001b]52;c;cm0gLXJm\u0007", // The clipboard.
                "\u001b[8mhidden\u001b[31;8m", // Text that nobody sees.
                "\u009b2J", // The same as ESC [, in one character.
                "FAIL\rPASS",
                "FAIL\b\b\b\bPASS",
                "\u0000\u0007\u000b\u000c\u007f",
                "\u202eSSAP\u202c\u2066" // Reads as "PASS".
            })
    void noTextTellsItAnything(String hostile) {
        out.println("before " + hostile + " after");
        assertThat(written().lines()).hasSize(1);
        assertThat(written().chars().filter(each -> each != '\n'))
                .noneMatch(Character::isISOControl)
                .noneMatch(each -> Character.getType(each) == Character.FORMAT);
        assertThat(written()).startsWith("before ").endsWith(" after\n");
    }

    @Test
    void saysWhatWasThere() {
        out.print("a\u001b[2Jb\u009bc\rd");
        assertThat(written()).isEqualTo("a\\u001b[2Jb\\u009bc\\u000dd");
    }

    @Test
    void leavesLinesTabsAndOurOwnColours() {
        String ours = "\u001b[1;31mFAIL\u001b[0m\tone\r\ntwo \u001b[2mfaint\u001b[0m ✔ 日本語 😀\n";
        out.print(ours);
        assertThat(written()).isEqualTo(ours);
    }

    @Test
    void spellsWhatTheCharsetLacksAndStillTellsNothing() {
        TerminalWriter ascii = new TerminalWriter(bytes, StandardCharsets.US_ASCII);
        ascii.print("✔ …\u001b[2J");
        ascii.flush();
        assertThat(bytes.toString(Charset.defaultCharset())).isEqualTo("ok ...\\u001b[2J");
    }

    @Test
    void whoDrawsSaysSo() {
        StatusLine line = new StatusLine(out, true);
        line.show("phase \u001b[2J");
        assertThat(written()).isEqualTo("\r\u001b[K\u001b[?7lphase \\u001b[2J\u001b[?7h");
    }
}
