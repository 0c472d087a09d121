package dev.midwrite.bench;

import dev.midwrite.controller.nodes.FreePorts;
import dev.midwrite.controller.serve.Fleet;
import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One start of the shop under load.
 *
 * @param readyMillis from the fork to the first healthy answer
 * @param mebibytes most memory that the process ever held (Linux only)
 * @param requestsPerSecond after the warm-up
 * @param records that the agent journaled during the measured requests
 */
record ShopRun(double readyMillis, double mebibytes, double requestsPerSecond, double records) {
    private static final int USERS = 4;
    private static final int WARM_UP = 3000;
    private static final int MEASURED = 6000;
    private static final String NODE = "shop";

    static ShopRun measure(Path jar, List<String> jvm, String storeHost, int storePort, Path directory, Fleet fleet)
            throws Exception {
        int port = FreePorts.take();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvm);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + directory,
                "-jar",
                jar.toAbsolutePath().toString(),
                "--server.port=" + port,
                "--server.tomcat.basedir=" + directory.resolve("tomcat"),
                "--spring.data.redis.host=" + storeHost,
                "--spring.data.redis.port=" + storePort));
        boolean recording = jvm.stream().anyMatch(argument -> argument.contains("controller="));
        long before = fleet.node(NODE).map(node -> node.incarnation()).orElse(0L);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("shop.log").toFile())
                .start();
        try {
            URI base = URI.create("http://127.0.0.1:" + port);
            awaitHealthy(base, process);
            double ready = (System.nanoTime() - start) / 1e6;
            long incarnation = 0;
            if (recording) {
                incarnation =
                        fleet.awaitNode(NODE, before, Duration.ofSeconds(30)).incarnation();
                String problem = fleet.record(NODE, true).get().getProblem();
                if (!problem.isEmpty()) {
                    throw new IOException("the agent does not record: " + problem);
                }
            }
            load(base, WARM_UP);
            long recordsBefore = records(fleet, incarnation);
            long from = System.nanoTime();
            load(base, MEASURED);
            double seconds = (System.nanoTime() - from) / 1e9;
            long records = records(fleet, incarnation) - recordsBefore;
            return new ShopRun(ready, peak(process.pid()), MEASURED / seconds, records);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void awaitHealthy(URI base, Process process) throws Exception {
        try (var client = new Client(base)) {
            while (true) {
                try {
                    if (client.status("GET", "/health") == 200) {
                        return;
                    }
                } catch (ConnectException e) {
                    if (!process.isAlive()) {
                        throw new IOException("the shop ended with exit code " + process.exitValue(), e);
                    }
                }
                // Nothing tells a stranger when a port opens; 10 ms is the resolution of the figure.
                process.waitFor(10, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void load(URI base, int requests) throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(USERS);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                int first = user;
                work.add(() -> {
                    try (var client = new Client(base)) {
                        client.expect("POST", "/probe/create", first);
                        for (int i = first; i < requests; i += USERS) {
                            client.expect("POST", "/probe/register/r0?value=v" + i, i);
                        }
                        return null;
                    }
                });
            }
            for (Future<Void> done : users.invokeAll(work)) {
                done.get();
            }
        } finally {
            users.shutdownNow();
        }
    }

    private static long records(Fleet fleet, long incarnation) {
        return fleet.journals()
                .state(NODE, incarnation)
                .map(state -> state.nextSeq())
                .orElse(0L);
    }

    private static double peak(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        return Double.NaN;
    }

    /** One browser. */
    private record Client(URI base, HttpClient http) implements AutoCloseable {
        Client(URI base) {
            this(
                    base,
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build());
        }

        int status(String method, String path) throws IOException, InterruptedException {
            return send(method, path, 0);
        }

        void expect(String method, String path, long request) throws IOException, InterruptedException {
            int status = send(method, path, request);
            if (status != 200) {
                throw new IOException(method + " " + path + " answered " + status);
            }
        }

        private int send(String method, String path, long request) throws IOException, InterruptedException {
            HttpRequest message = HttpRequest.newBuilder(base.resolve(path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .header("X-Midwrite-Request", String.format("%016x", request))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(message, HttpResponse.BodyHandlers.discarding()).statusCode();
        }

        /** Before Java 21 an HttpClient cannot be closed; its threads end when it is collected. */
        @Override
        public void close() {}
    }
}
