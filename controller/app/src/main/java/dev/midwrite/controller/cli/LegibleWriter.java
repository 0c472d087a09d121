package dev.midwrite.controller.cli;

import dev.midwrite.controller.report.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/** Writes text in a charset, and spells the characters of ours that it lacks. */
final class LegibleWriter extends Writer {
    private final Writer out;
    private final CharsetEncoder encoder;

    LegibleWriter(OutputStream out, Charset charset) {
        this.out = new OutputStreamWriter(out, charset);
        this.encoder = charset.newEncoder();
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        StringBuilder text = new StringBuilder(length);
        for (int i = from; i < from + length; i++) {
            if (chars[i] < 0x80 || Character.isSurrogate(chars[i])) {
                text.append(chars[i]);
            } else {
                text.append(Terminal.spelt(chars[i], encoder));
            }
        }
        out.write(text.toString());
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
