package dev.midwrite.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLogTest {
    @TempDir
    Path directory;

    @AfterEach
    void toNowhere() {
        AgentLog.to(null);
    }

    @Test
    void theDirectoryThatItMakesIsItsOwnersAlone() throws IOException {
        Path log = directory.resolve("above").resolve("shop-1").resolve("agent.log");
        AgentLog.to(log.toFile());
        AgentLog.info("a line");
        assertThat(Files.readString(log)).contains("a line");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.getParent())))
                .isEqualTo("rwx------");
    }

    /** As on a file system that knows no owners. */
    @Test
    void aDirectoryThatCannotBeKeptFromOthersHasALogThatSaysSo() throws IOException {
        Path log = directory.resolve("open").resolve("agent.log");
        File stubborn = new File(log.getParent().toString()) {
            @Override
            public boolean setReadable(boolean readable, boolean ownerOnly) {
                return false;
            }
        };
        AgentLog.to(new File(log.toString()) {
            @Override
            public File getAbsoluteFile() {
                return this;
            }

            @Override
            public File getParentFile() {
                return stubborn;
            }
        });
        AgentLog.info("a line");
        assertThat(Files.readString(log))
                .contains("cannot keep " + log.getParent() + " from others")
                .contains("a line");
    }

    @Test
    void aDirectoryThatIsThereStaysAsItIs() throws IOException {
        Path there = Files.createDirectory(
                directory.resolve("there"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        AgentLog.to(there.resolve("agent.log").toFile());
        AgentLog.info("a line");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
                .isEqualTo("rwxr-x---");
    }
}
