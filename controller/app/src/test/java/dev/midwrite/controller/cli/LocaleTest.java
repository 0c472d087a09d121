package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.run.SyntheticTrial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program in a JVM of its own, as a person's locale has it. */
class LocaleTest {
    @TempDir
    private Path directory;

    private Bundle bundle;

    @BeforeEach
    void write() throws IOException {
        bundle = new SyntheticTrial(directory.resolve("my runs"), "run", 1)
                .losing()
                .write();
    }

    @Test
    void marksAreSpeltWhereTheCharsetHasNone() throws Exception {
        byte[] out = check("C");

        assertThat(out).as("all of it is ASCII").matches(bytes -> ascii(out));
        String text = new String(out, StandardCharsets.US_ASCII);
        assertThat(text)
                .contains("FAIL  list", "FAIL  killed | profile session | exit code 1")
                .containsPattern("ok +lifecycle")
                .contains("-     not observed")
                .contains("0.05 ... 1, each bound 95 % sure")
                .containsOnlyOnce("?")
                .contains("?     guarantees");
    }

    @Test
    void marksAreShownWhereTheCharsetHasThem() throws Exception {
        String text = new String(check("C.UTF-8"), StandardCharsets.UTF_8);

        assertThat(text)
                .contains("✖  list", "✔  lifecycle", "–  not observed", "·", "?  guarantees")
                .containsOnlyOnce("?");
    }

    @Test
    void numbersArePointedWhateverTheLanguage() throws Exception {
        String text = new String(check("C.UTF-8"), StandardCharsets.UTF_8);

        assertThat(text).containsPattern("failover.p95 +800 ms").doesNotContainPattern("[0-9],[0-9]{1,2}\\b");
        assertThat(Files.readString(bundle.directory().resolve("report.html")))
                .doesNotContainPattern("[0-9],[0-9]+ (ms|s|min)\\b");
    }

    /** In a German JVM; a bundle without the words of its run is repeated by checking it, in a path with a space. */
    private byte[] check(String locale) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=de",
                "-Duser.country=DE",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Midwrite.class.getName(),
                "check",
                bundle.directory().toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor())
                .as(new String(out, StandardCharsets.UTF_8))
                .isEqualTo(1);
        assertThat(new String(out, StandardCharsets.UTF_8)).contains("./midwrite check '" + bundle.directory() + "'");
        return out;
    }

    private static boolean ascii(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }
}
