package dev.midwrite.controller.trace;

import static dev.midwrite.controller.trace.ExportedRun.IDS;
import static dev.midwrite.controller.trace.ExportedRun.LONG;
import static dev.midwrite.controller.trace.ExportedRun.at;
import static dev.midwrite.controller.trace.ExportedRun.bundle;
import static dev.midwrite.controller.trace.ExportedRun.export;
import static dev.midwrite.controller.trace.ExportedRun.exportToNobody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.run.SyntheticTrial;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector that speaks gRPC gets of a run, and what becomes of a run whose collector does not take it. */
class GrpcExportTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private final Map<String, String> before = new TreeMap<>();

    /** A property stands for the variable of the same name. */
    private void environment(String property, String value) {
        before.put(property, System.getProperty(property, ""));
        System.setProperty(property, value);
    }

    @AfterEach
    void restore() {
        before.forEach((property, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    private Bundle healthy() throws IOException {
        return bundle(new SyntheticTrial(directory, "healthy", 1));
    }

    @Test
    void aCollectorGetsWhatIsSentOverHttpToo() throws IOException {
        Bundle bundle = healthy();
        try (GrpcReceiver grpc = new GrpcReceiver();
                Receiver http = new Receiver(200)) {
            assertThat(export(bundle, at(grpc.uri()), LONG))
                    .containsExactly(grpc.spans().size() + " spans sent to " + grpc.uri() + ".");
            export(bundle, at(http.uri()), LONG);
            assertThat(grpc.spans()).isEqualTo(http.spans());
            assertThat(grpc.spans().stream()
                            .map(span ->
                                    HexFormat.of().formatHex(span.getTraceId().toByteArray())))
                    .containsAll(HistoryReader.readAll(bundle.users()).stream()
                            .map(operation -> IDS.of(operation.request(), operation.attempt())
                                    .traceId())
                            .toList());
            assertThat(grpc.encodings).containsOnly("gzip");
        }
    }

    @Test
    void theEnvironmentNamesTheProtocolAndHeaders() throws IOException {
        try (GrpcReceiver receiver = new GrpcReceiver()) {
            environment("otel.exporter.otlp.endpoint", receiver.variable());
            environment("otel.exporter.otlp.protocol", "grpc");
            environment("otel.exporter.otlp.headers", "x-tenant=drills");
            assertThat(export(healthy(), new TraceTarget(Optional.empty(), true, "", false), LONG))
                    .containsExactly(
                            receiver.spans().size() + " spans sent to the endpoint that the environment names.");
            assertThat(receiver.spans()).isNotEmpty();
            assertThat(receiver.tenants).containsOnly("drills");
        }
    }

    @Test
    void certificatesOfTheEnvironmentAreTrustedAndNoOthers() throws Exception {
        Bundle bundle = healthy();
        KeyStore keys = keys();
        try (GrpcReceiver receiver = new GrpcReceiver(credentials(keys))) {
            assertThat(export(bundle, at(receiver.uri()), LONG))
                    .singleElement()
                    .asString()
                    .startsWith("0 spans sent to " + receiver.uri()
                            + ", and not the others: it cannot be reached, since" + " the connection failed: ")
                    .contains("unable to find valid certification path")
                    .doesNotContain("\n");
            Path trusted = directory.resolve("trusted.pem");
            Files.writeString(trusted, pem(keys));
            environment("otel.exporter.otlp.certificate", trusted.toString());
            assertThat(export(bundle, at(receiver.uri()), LONG))
                    .containsExactly(receiver.spans().size() + " spans sent to " + receiver.uri() + ".");
            assertThat(receiver.spans()).isNotEmpty();
        }
    }

    private KeyStore keys() throws IOException, GeneralSecurityException, InterruptedException {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "secret",
                        "-alias",
                        "collector",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream from = Files.newInputStream(file)) {
            keys.load(from, "secret".toCharArray());
        }
        return keys;
    }

    private static ServerCredentials credentials(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "secret".toCharArray());
        return TlsServerCredentials.newBuilder()
                .keyManager(factory.getKeyManagers())
                .build();
    }

    private static String pem(KeyStore keys) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getCertificate("collector").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void whereNobodyListensTheReasonIsSaidOnceAndTheFileIsWhole() throws IOException {
        List<String> words = exportToNobody(healthy(), "grpc");
        assertThat(words).hasSize(2);
        assertThat(words.get(0)).isEqualTo("0 spans sent to nobody, and not the others: it cannot be reached.");
        assertThat(words.get(1)).contains(" spans in ").doesNotStartWith("0 ");
    }

    @Test
    void whoeverDoesNotAnswerIsGivenUp() throws IOException {
        Bundle bundle = healthy();
        try (GrpcReceiver receiver = new GrpcReceiver(Optional.empty())) {
            long begun = System.nanoTime();
            assertThat(export(bundle, at(receiver.uri()), SHORT))
                    .containsExactly("0 spans sent to " + receiver.uri()
                            + ", and not the others: it did not answer within 1 s.");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("not a second attempt")
                    .isLessThan(LONG);
            assertThat(receiver.requests).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aConnectionThatIsTakenAndNotServedIsGivenUpToo() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI endpoint = URI.create("grpc://127.0.0.1:" + silent.getLocalPort());
            assertThat(export(healthy(), at(endpoint), SHORT))
                    .containsExactly(
                            "0 spans sent to " + endpoint + ", and not the others: it did not answer within 1 s.");
        }
    }

    @Test
    void whatACollectorRejectsIsSaidInItsWords() throws IOException {
        try (GrpcReceiver receiver =
                new GrpcReceiver(Optional.of(Status.RESOURCE_EXHAUSTED.withDescription("quota of 10 spans a day")))) {
            assertThat(export(healthy(), at(receiver.uri()), LONG))
                    .containsExactly(
                            "0 spans sent to " + receiver.uri()
                                    + ", and not the others: it answered with status RESOURCE_EXHAUSTED (quota of 10 spans a day).");
            assertThat(receiver.requests).hasSize(1);
        }
    }

    @Test
    void anEndpointOfHttpIsNotTakenForOneOfGrpc() throws IOException {
        try (Receiver http = new Receiver(200)) {
            URI endpoint = URI.create("grpc://127.0.0.1:" + http.uri().getPort());
            assertThat(export(healthy(), at(endpoint), LONG))
                    .singleElement()
                    .asString()
                    .startsWith("0 spans sent to " + endpoint + ", and not the others: it cannot be reached, since the"
                            + " connection failed: First received frame was not SETTINGS.");
            assertThat(http.requests).isEmpty();
        }
    }
}
