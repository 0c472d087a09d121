package dev.midwrite.drills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Prometheus with the configuration that ships, but for its targets and for how often it looks. */
final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private PrometheusServer(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** @param targets by job: a port of loopback each */
    static PrometheusServer start(Path directory, Map<String, Integer> targets) throws IOException {
        Path grafana = CommandLineProcess.root().resolve("grafana");
        String shipped = Files.readString(grafana.resolve("prometheus.yml"));
        String config = shipped.substring(0, shipped.indexOf("scrape_configs:"))
                        .replace("2s", "1s")
                        .replace(
                                "rules/midwrite.yml",
                                grafana.resolve("rules/midwrite.yml").toString())
                + "scrape_configs:\n"
                + targets.entrySet().stream()
                        .map(target -> "  - job_name: " + target.getKey()
                                + "\n    static_configs:\n      - targets: [\"127.0.0.1:" + target.getValue() + "\"]\n")
                        .collect(Collectors.joining());
        Path file = Files.writeString(directory.resolve("prometheus.yml"), config);
        Path log = directory.resolve("prometheus.log");
        int port = FreePort.take();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PrometheusServer(process, log, port);
    }

    boolean ready() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("Prometheus has ended: " + Files.readString(log));
        }
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What an expression gave each second from then on; the second that has begun counts. */
    JsonNode range(String expression, Instant from) throws IOException, InterruptedException {
        return data("/api/v1/query_range?query=" + encoded(expression) + "&step=1&start=" + from.getEpochSecond()
                        + "&end=" + (Instant.now().getEpochSecond() + 1))
                .get("result");
    }

    /** The {@code data} of an answer. */
    JsonNode data(String path) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(get(path).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(path + ": " + answer);
        }
        return answer.get("data");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
