package dev.midwrite.drills;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No session id, cookie, token, credential or value of others is in anything that a run writes: each byte is searched that
 * the controller, its nodes and the commands of its user wrote below their home, their temporary directory and the directory
 * they ran in, what they printed, and what they told Prometheus.
 */
class PrivacyIT {
    private static final Pattern METRICS = Pattern.compile("metrics at (http://\\S+)");
    /** A CSRF token as Spring Security puts it into a page: random bytes, and the token mixed with them. */
    private static final Pattern MASKED = Pattern.compile("(?<![\\w-])[\\w-]{96}(?![\\w-])");

    private static final int UUID_LENGTH = 36;
    /** Exit code of a verdict: a busy machine may have left too little time to find what is wrong. */
    private static final int MOST = 4;

    @TempDir
    private Path directory;

    private final String password = mark();
    private final String secret = mark();
    private final Map<String, String> environment = new HashMap<>();
    private StoreMonitor store;
    private Path place;
    private WrittenFiles written;

    private static String mark() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @BeforeEach
    void prepare() throws IOException {
        store = StoreMonitor.start(password, secret);
        place = Files.createDirectory(directory.resolve("place"));
        Path temporary = Files.createDirectory(place.resolve("tmp"));
        written = new WrittenFiles(place, Files.createDirectory(directory.resolve("kept")));
        environment.put("HOME", place.toString());
        environment.put("MIDWRITE_TOKENS", place.resolve(".midwrite").toString());
        environment.put("JAVA_TOOL_OPTIONS", "-Duser.home=" + place + " -Djava.io.tmpdir=" + temporary);
        environment.put("MARKED_STORE_PASSWORD", password);
        environment.put("MARKED_LOAD", secret);
    }

    @AfterEach
    void stop() {
        written.close();
        store.close();
    }

    @Test
    @Tag("long")
    void whatUsersOfOursKnowIsNowhere() throws Exception {
        Path customers = CommandLineProcess.root().resolve("examples/shop/src/main/resources/customers.csv");
        runAndLook("marked-flow.yaml", Map.of("CUSTOMERS", customers.toString()));
        List<String> credentials = new ArrayList<>();
        Files.readAllLines(customers).stream().skip(1).forEach(line -> credentials.addAll(List.of(line.split(",", 2))));
        assertThat(store.others()).as("CSRF tokens").hasSizeGreaterThan(10);
        assertNowhere(credentials);
        assertThat(maskedTokens()).isEmpty();
    }

    @Test
    @Tag("services")
    void whatALoadOfOthersSendsIsNowhere() throws Exception {
        Path load = CommandLineProcess.root().resolve("examples/it/src/test/load/MarkedShoppers.java");
        runAndLook("marked-load.yaml", Map.of("LOAD", load.toString()));
        assertThat(store.sawMark()).as("the marks went all the way").isTrue();
        assertNowhere(List.of(secret));
    }

    /** Runs it while others ask for its metrics and events, and uses every command that reads a run. */
    private void runAndLook(String name, Map<String, String> more) throws Exception {
        Path jdk = CommandLineProcess.jdks().get(0);
        Path drill = drill(name, more);
        try (CommandLineProcess run = start(jdk, "drill", "run", drill.toString(), "--traces", "--out", "run")) {
            // Both are there before the nodes are, which take longer to start.
            await().atMost(ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(controllers()).as(run.output()).isNotEmpty());
            try (CommandLineProcess events =
                    start(jdk, "events", "--controller", controllers().get(0))) {
                await().atMost(ofMinutes(2))
                        .untilAsserted(() -> assertThat(run.output()).contains(" warmup"));
                try (CommandLineProcess watch = start(jdk, "watch", "--follow", "run")) {
                    scrape(run);
                    int verdict = run.await();
                    assertThat(verdict).as(run.output()).isBetween(0, MOST);
                    assertThat(watch.await()).as(watch.output()).isEqualTo(verdict);
                }
                assertThat(events.output()).contains("spring.SessionRepository.save");
            }
        }
        command(jdk, "check", "run", "--explain");
        command(jdk, "journal", "run");
        command(jdk, "journal", "run", "--json");
        command(jdk, "map", "run");
        command(jdk, "export", "--format", "jsonl", "run");
        command(jdk, "export", "--format", "edn", "run");
        command(jdk, "export", "--format", "otlp", "run");
    }

    /** Whose token for commands is there says where it listens. */
    private List<String> controllers() throws IOException {
        Path operators = place.resolve(".midwrite/operators");
        if (!Files.isDirectory(operators)) {
            return List.of();
        }
        try (Stream<Path> tokens = Files.list(operators)) {
            return tokens.map(token -> token.getFileName().toString())
                    .filter(file -> file.endsWith(".token"))
                    .map(file -> file.replace(".token", "").replaceFirst("-(\\d+)$", ":$1"))
                    .toList();
        }
    }

    private void scrape(CommandLineProcess run) throws IOException, InterruptedException {
        Matcher metrics = METRICS.matcher(run.output());
        assertThat(metrics.find()).isTrue();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(metrics.group(1))).build();
        await().atMost(ofMinutes(2)).until(() -> run.output().contains(" settling"));
        Files.write(
                place.resolve("metrics.txt"),
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofByteArray())
                        .body());
    }

    private Path drill(String name, Map<String, String> more) throws IOException {
        Path root = CommandLineProcess.root();
        String text = Files.readString(
                        root.resolve("examples/it/src/test/drills").resolve(name))
                .replace("STORE_PORT", Integer.toString(store.port()))
                .replace(
                        "SHOP_JAR",
                        root.resolve("examples/shop/target/midwrite-shop.jar").toString());
        for (Map.Entry<String, String> entry : more.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return Files.writeString(place.resolve(name), text);
    }

    private CommandLineProcess start(Path jdk, String... words) throws IOException {
        return CommandLineProcess.start(jdk, place, environment, words);
    }

    private void command(Path jdk, String... words) throws IOException, InterruptedException {
        try (CommandLineProcess command = start(jdk, words)) {
            int exit = command.await();
            assertThat(exit).as(command.output()).isBetween(0, MOST);
        }
    }

    private void assertNowhere(Collection<String> more) throws IOException {
        List<Path> files = written.all();
        assertThat(files)
                .extracting(file -> file.getFileName().toString().replaceFirst("\\d+-", ""))
                .contains(
                        "report.html",
                        "verdict.json",
                        "junit.xml",
                        "anomalies.jsonl",
                        "users.ops",
                        "traces.jsonl",
                        "metrics.txt")
                .anyMatch(file -> file.endsWith(".cq4"));
        assertThat(store.sessions()).isNotEmpty();
        assertThat(written.tokens()).as("of the controller, and of its nodes").hasSizeGreaterThanOrEqualTo(2);
        Set<String> texts = new HashSet<>(more);
        texts.add(password);
        texts.addAll(store.sessions());
        texts.addAll(store.others());
        texts.addAll(written.tokens());
        Marks marks = new Marks(texts);
        Set<String> found = new TreeSet<>();
        for (Path file : files) {
            found.addAll(marks.in(file));
        }
        assertThat(found).isEmpty();
    }

    private Set<String> maskedTokens() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : written.all()) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            for (Matcher matcher = MASKED.matcher(text); matcher.find(); ) {
                if (store.others().contains(unmasked(matcher.group()))) {
                    found.add(file + " has a CSRF token");
                }
            }
        }
        return found;
    }

    private static String unmasked(String token) {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        byte[] text = new byte[UUID_LENGTH];
        for (int i = 0; i < UUID_LENGTH; i++) {
            text[i] = (byte) (bytes[i] ^ bytes[UUID_LENGTH + i]);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
