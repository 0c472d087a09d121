package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.CertificateFiles;
import dev.midwrite.controller.identity.CommandLog;
import dev.midwrite.controller.identity.TryCertificates;
import dev.midwrite.link.v1.InjectRequest;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.ListNodesRequest;
import dev.midwrite.link.v1.OperatorGrpc;
import dev.midwrite.link.v1.OperatorGrpc.OperatorBlockingStub;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes in where certificates say who is who. */
class EncryptedEntranceTest {
    private static final LinkServer.Patience PATIENCE =
            new LinkServer.Patience(Duration.ofSeconds(30), Duration.ofMillis(50));

    @TempDir
    static Path authorities;

    @TempDir
    Path directory;

    private final List<CommandLog.Entry> log = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private JournalStore journals;
    private Fleet fleet;
    private LinkServer server;

    @BeforeAll
    static void sign() throws InterruptedException {
        TryCertificates.make(authorities.resolve("one"), List.of());
        TryCertificates.make(authorities.resolve("two"), List.of("controller.example", "192.0.2.7"));
    }

    @BeforeEach
    void start() throws IOException {
        for (String file : List.of("ca.pem", "controller.pem", "controller.key")) {
            take("one", file);
        }
        journals = new JournalStore(directory.resolve("journals"));
        fleet = new Fleet(journals);
        CertificateFiles own = files(directory, "controller");
        server = LinkServer.start(
                fleet,
                "0.0.0.0",
                0,
                new Access(FakeAgent.TOKEN, List.of(), Optional.of(own), log::add, notes::add),
                PATIENCE);
    }

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
        journals.close();
    }

    @Test
    void aSubjectSaysWhoMayWhat() throws Exception {
        assertThat(call(credentials("one", "watch"), EncryptedEntranceTest::list))
                .isEmpty();
        assertThat(rejection(credentials("one", "watch"), operator -> operator.inject(injection("delay")))
                        .getDescription())
                .isEqualTo("this needs role inject, and 'watch' has role watch");
        assertThat(rejection(credentials("one", "inject"), operator -> operator.inject(injection("crash")))
                        .getDescription())
                .isEqualTo("this needs role crash, and 'inject' has role inject");
        assertThat(rejection(credentials("one", "crash"), operator -> operator.inject(injection("crash")))
                        .getDescription())
                .isEqualTo("No node is connected.");
        assertThat(rejection(credentials("one", "agent"), EncryptedEntranceTest::list)
                        .getDescription())
                .contains("OU=watch, inject or crash", "'agent' has OU=agent");
        assertThat(log).extracting(CommandLog.Entry::who).containsExactly("watch", "watch", "inject", "crash", "");
    }

    @Test
    void anAgentIsKnownByItsCertificate() throws Exception {
        try (FakeAgent agent = new FakeAgent(server.port(), credentials("one", "agent"))) {
            agent.sayHello(FakeAgent.hello("n1", 1));
            await().until(() -> fleet.node("n1").filter(FleetNode::connected).isPresent());
        }
        try (FakeAgent agent = new FakeAgent(server.port(), credentials("one", "crash"))) {
            agent.sayHello(FakeAgent.hello("n2", 1));
            assertThat(agent.ended().getDescription())
                    .isEqualTo("an agent's certificate has OU=agent, that of 'crash' has OU=crash");
        }
        assertThat(fleet.node("n2")).isEmpty();
    }

    @Test
    void withoutACertificateOfTheAuthorityNobodyIsHeard() throws Exception {
        ChannelCredentials none = TlsChannelCredentials.newBuilder()
                .trustManager(authorities.resolve("one").resolve("ca.pem").toFile())
                .build();
        ChannelCredentials foreign = TlsChannelCredentials.newBuilder()
                .keyManager(
                        authorities.resolve("two").resolve("crash.pem").toFile(),
                        authorities.resolve("two").resolve("crash.key").toFile())
                .trustManager(authorities.resolve("one").resolve("ca.pem").toFile())
                .build();
        for (ChannelCredentials stranger : List.of(none, foreign, InsecureChannelCredentials.create())) {
            assertThat(rejection(stranger, EncryptedEntranceTest::list).getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
        assertThat(log).isEmpty();
    }

    @Test
    void aControllerThatAnotherAuthoritySignedIsNotTrusted() throws Exception {
        assertThat(rejection(credentials("two", "crash"), EncryptedEntranceTest::list)
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void filesThatChangeAreReadAnew() throws Exception {
        assertThat(call(credentials("one", "watch"), EncryptedEntranceTest::list))
                .isEmpty();
        for (String file : List.of("ca.pem", "controller.pem", "controller.key")) {
            take("two", file);
        }
        await().ignoreExceptions()
                .until(() -> call(credentials("two", "watch"), EncryptedEntranceTest::list)
                        .isEmpty());
        assertThat(rejection(credentials("one", "watch"), EncryptedEntranceTest::list)
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    /** Whoever replaces files learns that they are not used. */
    @Test
    void filesThatCannotBeReadAnyMoreAreTold() throws Exception {
        Files.writeString(directory.resolve("ca.pem"), "");
        await().until(() -> notes.size() == 1);
        assertThat(notes.get(0))
                .contains(directory.resolve("ca.pem") + " holds no certificate")
                .endsWith("What was read before is used until they can be.");
        assertThat(call(credentials("one", "watch"), EncryptedEntranceTest::list))
                .isEmpty();
        take("one", "ca.pem");
        await().until(() -> notes.size() == 2);
        assertThat(notes.get(1)).isEqualTo("The certificates can be read again.");
    }

    @ParameterizedTest
    @CsvSource({"controller.pem", "controller.key", "ca.pem"})
    void filesThatHoldSomethingElseAreAProblem(String damaged) throws Exception {
        for (String text :
                List.of("", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Files.writeString(directory.resolve(damaged), text);
            CertificateFiles files = files(directory, "controller");
            assertThatThrownBy(() -> LinkServer.start(
                            fleet,
                            "127.0.0.1",
                            0,
                            new Access(FakeAgent.TOKEN, List.of(), Optional.of(files), log::add, notes::add)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("cannot be used");
        }
    }

    @Test
    void keysAreTheirOwnersAlone() throws IOException {
        try (Stream<Path> made = Files.list(authorities.resolve("one"))) {
            assertThat(made)
                    .hasSize(11)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(Files.getPosixFilePermissions(authorities.resolve("one"))).hasSize(3);
        Path key = directory.resolve("controller.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> files(directory, "controller"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("can be read by others");
    }

    @Test
    void nothingIsWrittenOver() {
        assertThatThrownBy(() -> TryCertificates.make(authorities.resolve("one"), List.of()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is not empty");
    }

    private void take(String authority, String file) throws IOException {
        Files.copy(
                authorities.resolve(authority).resolve(file),
                directory.resolve(file),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static ChannelCredentials credentials(String authority, String name) {
        return files(authorities.resolve(authority), name).client();
    }

    private static CertificateFiles files(Path place, String name) {
        return new CertificateFiles(
                place.resolve(name + ".pem"), place.resolve(name + ".key"), place.resolve("ca.pem"));
    }

    private static List<?> list(OperatorBlockingStub operator) {
        return operator.listNodes(ListNodesRequest.getDefaultInstance()).getNodesList();
    }

    private Status rejection(ChannelCredentials as, Function<OperatorBlockingStub, ?> command) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> call(as, command))
                .getStatus();
    }

    private <T> T call(ChannelCredentials as, Function<OperatorBlockingStub, T> command) throws InterruptedException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", server.port(), as).build();
        try {
            return command.apply(OperatorGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS));
        } finally {
            channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    private static InjectRequest injection(String fault) {
        return InjectRequest.newBuilder()
                .setInjection(Injection.newBuilder().setId(7).setFault(fault))
                .build();
    }
}
