package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCheckTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    private int check(String... files) {
        String[] arguments = new String[files.length + 2];
        arguments[0] = "check";
        arguments[1] = "--load";
        for (int i = 0; i < files.length; i++) {
            arguments[i + 2] = directory.resolve(files[i]).toString();
        }
        return Midwrite.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }

    private void jmeter(String name, int requests, int failedFrom, int failedTo) throws IOException {
        StringBuilder text = new StringBuilder("timeStamp,elapsed,responseCode,success\n");
        for (int i = 0; i < requests; i++) {
            boolean failed = i >= failedFrom && i < failedTo;
            text.append("%d,3,%d,%b%n".formatted(1_700_000_000_000L + 100L * i, failed ? 503 : 200, !failed));
        }
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void saysHowLongTheServiceWasInterrupted() throws IOException {
        jmeter("a.jtl", 200, 50, 62);

        assertThat(check("a.jtl")).isZero();
        assertThat(out.toString())
                .contains("OBSERVED  " + directory.resolve("a.jtl"))
                .contains("Evidence C: ")
                .contains("requests       200 in 19.9 s, 12 not served (12 status 503)")
                .contains("availability   0.9400")
                .contains("interruptions  1")
                .contains("1.2 s from 5.0 s on, 12 requests not served");
    }

    @Test
    void aFewRequestsShowNothing() throws IOException {
        jmeter("few.jtl", 5, 0, 0);

        assertThat(check("few.jtl")).isEqualTo(3);
        assertThat(out.toString()).contains("INCONCLUSIVE").contains("Only 5 requests; fewer than 20 show nothing.");
    }

    @Test
    void theWorstFileDecides() throws IOException {
        jmeter("a.jtl", 200, 50, 62);

        assertThat(check("a.jtl", "none.jtl")).isEqualTo(5);
        assertThat(out.toString()).contains("There is no file " + directory.resolve("none.jtl") + ".");
    }
}
