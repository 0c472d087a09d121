package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.identity.CommandFile;
import dev.midwrite.link.v1.ControllerMessage.MessageCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves is its owner's alone, whatever the umask. */
class PrivateRunTest {
    @TempDir
    Path directory;

    @Test
    void nobodyElseEntersADirectoryThatARunMakes() throws Exception {
        Path runs = directory.resolve("runs");
        Bundle bundle = Bundle.create(runs.resolve("one"), "version: 1\n");
        CommandFile.in(runs.resolve("two"));
        try (JournalStore journals = new JournalStore(bundle.journals());
                Fleet fleet = new Fleet(journals);
                LinkServer server = LinkServer.start(fleet, 0, FakeAgent.ACCESS);
                FakeAgent agent = new FakeAgent(server.port())) {
            agent.hello(FakeAgent.hello("n1", 1));
            agent.hear(MessageCase.WELCOME);
            agent.send(Frames.message(Frames.tail(1, 0, 3)));
            agent.hear(MessageCase.ACK);
            await().until(() -> Files.isDirectory(bundle.journals().resolve("n1")));
        }
        assertThat(directories(runs))
                .contains(
                        runs,
                        bundle.directory(),
                        bundle.journals(),
                        bundle.journals().resolve("n1"))
                .allSatisfy(made -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                        .isEqualTo("rwx------"));
    }

    private static List<Path> directories(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isDirectory).toList();
        }
    }
}
