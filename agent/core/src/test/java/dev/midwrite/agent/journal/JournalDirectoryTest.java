package dev.midwrite.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void aJournalIsItsOwnersAlone() throws IOException {
        Path journal = directory.resolve("shop-1");
        JournalDirectory journals = new JournalDirectory(journal);
        try (FileChannel claim = journals.claim(7)) {
            assertThat(claim.isOpen()).isTrue();
            for (Path made : new Path[] {journal, journals.of(7)}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                        .isEqualTo("rwx------");
            }
        }
    }
}
