package dev.midwrite.controller.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Token;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenHomeTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    private TokenHome home;

    @BeforeEach
    void find() {
        home = new TokenHome(directory.resolve("home").resolve(".midwrite"));
    }

    @Test
    void whatItMakesIsItsOwnersAlone() throws IOException {
        home.agents();
        Path published = home.publish(Token.random(), LOOPBACK, 7411).file();
        assertThat(permissions(home.directory())).isEqualTo("rwx------");
        assertThat(permissions(home.directory().resolve("agent.token"))).isEqualTo("rw-------");
        assertThat(permissions(published)).isEqualTo("rw-------");
        assertThat(permissions(published.getParent())).isEqualTo("rwx------");
        try (var files = Files.list(home.directory())) {
            assertThat(files).as("no draft is left").hasSize(2);
        }
    }

    @Test
    void agentsKeepOneToken() {
        assertThat(home.agents().text()).isEqualTo(home.agents().text());
    }

    @Test
    void ofSeveralControllersAtOnceAllHaveTheSame() {
        Set<String> read = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 64).parallel().forEach(i -> read.add(home.agents().text()));
        assertThat(read).hasSize(1);
    }

    @Test
    void aCommandFindsTheTokenAsLongAsItsControllerLasts() {
        Token token = Token.random();
        PublishedToken published = home.publish(token, LOOPBACK, 7411);
        assertThat(home.operators(LOOPBACK, 7411).orElseThrow().text()).isEqualTo(token.text());
        assertThat(home.operators(LOOPBACK, 7412)).isEmpty();
        published.close();
        published.close();
        assertThat(home.operators(LOOPBACK, 7411)).isEmpty();
    }

    @Test
    void aControllerLeavesTheTokenOfItsSuccessor() {
        PublishedToken first = home.publish(Token.random(), LOOPBACK, 7411);
        home.publish(Token.random(), LOOPBACK, 7411);
        first.close();
        assertThat(home.operators(LOOPBACK, 7411)).isPresent();
    }

    @Test
    void aTokenThatOthersCanReadIsRejected() throws IOException {
        home.agents();
        Path file = home.directory().resolve("agent.token");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(home::agents)
                .isInstanceOf(Problem.class)
                .hasMessageContaining(file + " can be read by others")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void whatIsNoTokenIsNotPrinted() throws IOException {
        Path file = directory.resolve("mine");
        PrivateFiles.write(file, "too short");
        assertThatThrownBy(() -> TokenHome.read(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("holds no token")
                .hasMessageNotContaining("too short");
        assertThatThrownBy(() -> TokenHome.read(directory.resolve("none")))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no token " + directory.resolve("none") + ".");
    }

    @Test
    void aHomeThatCannotBeWrittenIsOneSentence() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        TokenHome nowhere = new TokenHome(file.resolve("below"));
        assertThatThrownBy(nowhere::agents)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("name another directory in MIDWRITE_TOKENS");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
