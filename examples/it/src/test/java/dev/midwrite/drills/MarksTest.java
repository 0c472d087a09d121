package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that found nothing proves something only if it finds what is there. */
class MarksTest {
    private static final String MARK = "3f2a<b>&77-c19d";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void findsTextInEachEncoding(String charset) throws IOException {
        assertFound(("before " + MARK + " after").getBytes(Charset.forName(charset)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void findsWhatABase64TextHoldsWhereverItBegins(int before) throws IOException {
        byte[] around = ("x".repeat(before) + MARK + "y".repeat(5 - before)).getBytes(StandardCharsets.UTF_8);
        assertFound(Base64.getEncoder().encode(around));
        assertFound(Base64.getUrlEncoder().encode(around));
        assertFound(
                Base64.getEncoder().withoutPadding().encode((around.length + MARK).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void findsEncodedText() throws IOException {
        assertFound(bytes(HexFormat.of().formatHex(bytes(MARK))));
        assertFound(bytes("?a=3f2a%3Cb%3E%2677-c19d"));
        assertFound(bytes("<p>3f2a&lt;b>&amp;77-c19d</p>"));
        assertFound(bytes(MARK.toUpperCase(java.util.Locale.ROOT)));
        assertFound(bytes(new StringBuilder(MARK).reverse().toString()));
    }

    @Test
    void findsWhatIsAcrossTheMiddleOfAFileOfManyBytes() throws IOException {
        ByteArrayOutputStream much = new ByteArrayOutputStream();
        much.write(new byte[1 << 20]);
        much.write(bytes(MARK));
        much.write(new byte[1 << 20]);
        assertFound(much.toByteArray());
    }

    @Test
    void findsNothingInWhatIsAlmostIt() throws IOException {
        assertThat(in(bytes(MARK.substring(1) + MARK.substring(0, MARK.length() - 1))))
                .isEmpty();
    }

    private void assertFound(byte[] content) throws IOException {
        assertThat(in(content))
                .as(new String(content, StandardCharsets.ISO_8859_1))
                .isNotEmpty();
    }

    private Iterable<String> in(byte[] content) throws IOException {
        return new Marks(List.of(MARK)).in(Files.write(directory.resolve("file"), content));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
