package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void run() throws IOException {
        write("run.json", "{}");
        write("users.ops", "operations");
        write("journals/node-1/00000000000000a1.events", "records");
        write("nodes/node-1.1.log", "started");
        write("report.html", "PASS");
        Seal.report(directory);
        Seal.evidence(directory);
    }

    @Test
    void whatNobodyTouchedIsNotEdited() {
        assertThat(Seal.edits(directory)).isEqualTo(new Edits(true, List.of(), List.of()));
        assertThat(Seal.edits(directory).sentence()).isEmpty();
        assertThat(Seal.editsOfReport(directory).edited()).isFalse();
    }

    /** sha256sum -c reads it: two spaces, and what begins with # is skipped. */
    @Test
    void theListIsOneOfSha256sum() throws IOException {
        assertThat(Files.readAllLines(directory.resolve("evidence.sha256")))
                .satisfiesExactly(
                        line -> assertThat(line).matches("[0-9a-f]{64}  journals/node-1/00000000000000a1\\.events"),
                        line -> assertThat(line).matches("[0-9a-f]{64}  nodes/node-1\\.1\\.log"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  run.json"),
                        line -> assertThat(line).matches("[0-9a-f]{64}  users\\.ops"),
                        line -> assertThat(line).matches("# all of the above: [0-9a-f]{64}"));
    }

    @Test
    void eachChangeIsNamed() throws IOException {
        write("run.json", "{ }");
        Files.delete(directory.resolve("users.ops"));
        write("journals/node-2/00000000000000a2.events", "more");
        write("nodes/node-1.1.log", "started, and more");
        assertThat(Seal.edits(directory).sentence())
                .isEqualTo("The bundle was edited after its run: nodes/node-1.1.log was changed, run.json was changed,"
                        + " users.ops is missing, journals/node-2/00000000000000a2.events was added.");
    }

    @Test
    void filesThatWereSwappedAreToldApartFromChangedOnes() throws IOException {
        Path aside = directory.resolve("aside");
        Files.move(directory.resolve("run.json"), aside);
        Files.move(directory.resolve("users.ops"), directory.resolve("run.json"));
        Files.move(aside, directory.resolve("users.ops"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(Seal.edits(directory).edits())
                .containsExactly("run.json holds what users.ops held", "users.ops holds what run.json held");
    }

    /** A picture of the report, say. What a judgement looks for is another matter. */
    @Test
    void aFileThatNobodyReadsIsOnlyTold() throws IOException {
        write("report.png", "a picture");
        assertThat(Seal.edits(directory).edited()).isFalse();
        assertThat(Seal.edits(directory).words()).containsExactly("Not of the run, and not read: report.png.");
        write("latency.json", "{}");
        assertThat(Seal.edits(directory).edits()).containsExactly("latency.json was added");
    }

    @Test
    void theListItselfCannotBeShortened() throws IOException {
        Path list = directory.resolve("evidence.sha256");
        Files.writeString(list, Files.readString(list).replaceFirst("[0-9a-f]{64}  run.json\n", ""));
        assertThat(Seal.edits(directory).edits()).containsExactly("evidence.sha256 itself was changed");
    }

    @Test
    void withoutAListNobodyKnows() throws IOException {
        Files.delete(directory.resolve("evidence.sha256"));
        write("run.json", "{ }");
        assertThat(Seal.edits(directory)).isEqualTo(Edits.UNKNOWN);
        assertThat(Seal.edits(directory).words()).singleElement().asString().contains("has no evidence.sha256");
    }

    @Test
    void aReportIsTakenDownByItself() throws IOException {
        write("report.html", "FAIL");
        assertThat(Seal.edits(directory).edited()).isFalse();
        assertThat(Seal.editsOfReport(directory).edits()).containsExactly("report.html was changed");
        Seal.report(directory);
        assertThat(Seal.editsOfReport(directory).edited()).isFalse();
    }

    private void write(String file, String content) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
