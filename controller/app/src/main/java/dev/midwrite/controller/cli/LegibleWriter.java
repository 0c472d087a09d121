package dev.midwrite.controller.cli;

import dev.midwrite.controller.report.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes text in a charset, and spells the characters of ours that it lacks. Names and messages come from outside, and some
 * characters tell a terminal what to do: of these, lines, tabs and our own colours are written as they are, and all others
 * are spelt, such as {@code \}{@code u001b}.
 */
final class LegibleWriter extends Writer {
    /** Those of a report. None hides anything. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(?:0|[12]|(?:1;)?3[123])m");

    private final Writer out;
    private final CharsetEncoder encoder;

    LegibleWriter(OutputStream out, Charset charset) {
        this.out = new OutputStreamWriter(out, charset);
        this.encoder = charset.newEncoder();
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        String read = new String(chars, from, length);
        StringBuilder text = new StringBuilder(length);
        Matcher colours = COLOUR.matcher(read);
        int at = 0;
        while (colours.find()) {
            spell(read, at, colours.start(), text);
            text.append(colours.group());
            at = colours.end();
        }
        spell(read, at, length, text);
        out.write(text.toString());
    }

    /** Tells the terminal what to do. */
    void control(String sequence) throws IOException {
        out.write(sequence);
    }

    private void spell(String read, int from, int to, StringBuilder text) {
        for (int i = from; i < to; i++) {
            char each = read.charAt(i);
            boolean endsLine = each == '\r' && i + 1 < to && read.charAt(i + 1) == '\n';
            if (commands(each) && !endsLine) {
                text.append("\\u").append(HexFormat.of().toHexDigits(each));
            } else if (each < 0x80 || Character.isSurrogate(each)) {
                text.append(each);
            } else {
                text.append(Terminal.spelt(each, encoder));
            }
        }
    }

    /** Also the marks that let text run from right to left, in which a line reads as another one. */
    private static boolean commands(char each) {
        return (Character.isISOControl(each) && each != '\n' && each != '\t')
                || (each >= '\u202a' && each <= '\u202e')
                || (each >= '\u2066' && each <= '\u2069');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
