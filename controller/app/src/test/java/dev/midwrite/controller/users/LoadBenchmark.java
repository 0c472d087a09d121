package dev.midwrite.controller.users;

import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.LoadFacts;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.plan.UsersSpec.Routing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one controller's users can send: so many sessions at so many requests a second, to a server that answers at once,
 * beside wrk on the same server in the same run. Arguments: sessions, requests a second, seconds, and the command wrk.
 */
final class LoadBenchmark {
    private static final double NANOS_BY_MILLI = 1e6;
    private static final Duration RAMP = Duration.ofSeconds(10);
    private static final int WRK_CONNECTIONS = 100;

    private LoadBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int sessions = Integer.parseInt(args[0]);
        double rate = Double.parseDouble(args[1]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[2]));
        Process server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrivialServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            URI address = URI.create("http://127.0.0.1:" + out.readLine());
            users(address, server, sessions, rate, time);
            if (args.length > 3) {
                wrk(address, server, args[3], time);
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static void users(URI address, Process server, int sessions, double rate, Duration time)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("load", ".ops");
        Files.delete(file);
        UsersSpec spec = new UsersSpec(
                sessions,
                0,
                rate / sessions,
                List.of("register"),
                Routing.STICKY,
                Duration.ofSeconds(2),
                1,
                time,
                Duration.ofMinutes(30),
                false,
                RAMP,
                false);
        UserClock clock = UserClock.start();
        Router router = new Router(Routing.STICKY, List.of("node-1"));
        router.up("node-1", address);
        try (HistoryWriter history = HistoryWriter.create(file);
                UserPopulation users = UserPopulation.start(
                        new UserSetting(spec, 42, ProbeAccess.mounted("/probe"), false),
                        router,
                        clock,
                        history,
                        (kind, outcome, node, status, nanos) -> {})) {
            TimeUnit.NANOSECONDS.sleep(RAMP.toNanos());
            long before = users.progress().ok();
            long began = clock.now();
            Duration cpu = processor(ProcessHandle.current());
            Duration servers = processor(server.toHandle());
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            long answered = users.progress().ok() - before;
            double took = (clock.now() - began) / 1e9;
            Duration own = processor(ProcessHandle.current()).minus(cpu);
            Duration other = processor(server.toHandle()).minus(servers);
            users.quiesce(Duration.ofSeconds(30));
            LoadFacts load = users.load();
            Histogram latency = load.histogram();
            System.out.printf(
                    Locale.ROOT,
                    "midwrite: %d sessions, %.0f requests/s asked (and 100 of failover probes), %.0f answered/s; %d failed, %d unclear%n",
                    sessions,
                    rate,
                    answered / took,
                    users.progress().fail(),
                    users.progress().info());
            System.out.printf(
                    Locale.ROOT,
                    "  latency from the planned time p50 %.1f ms, p99 %.1f ms, max %.1f ms; late p99 %.1f ms, max %.1f ms%n",
                    latency.getValueAtPercentile(50) / NANOS_BY_MILLI,
                    latency.getValueAtPercentile(99) / NANOS_BY_MILLI,
                    latency.getMaxValue() / NANOS_BY_MILLI,
                    load.users().lateP99() / NANOS_BY_MILLI,
                    load.users().lateMax() / NANOS_BY_MILLI);
            report(own, other, answered);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** As fast as it can: wrk has no plan, and sends when it has an answer. */
    private static void wrk(URI address, Process server, String command, Duration time)
            throws IOException, InterruptedException {
        Duration servers = processor(server.toHandle());
        Process wrk = new ProcessBuilder(
                        command,
                        "-t2",
                        "-c" + WRK_CONNECTIONS,
                        "-d" + time.toSeconds() + "s",
                        "--latency",
                        address + "/probe/register/a")
                .redirectErrorStream(true)
                .start();
        Duration cpu = Duration.ZERO;
        StringBuilder words = new StringBuilder();
        long answered = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(wrk.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // Its first line comes at the start, its results when it is done but for its end.
                cpu = wrk.isAlive() ? processor(wrk.toHandle()) : cpu;
                if (line.contains("requests in")) {
                    answered = Long.parseLong(line.strip().split(" ")[0]);
                }
                if (line.matches("\\s*(50%|99%|Requests/sec).*")) {
                    words.append(' ').append(line.strip().replaceAll("\\s+", " "));
                }
            }
        }
        wrk.waitFor();
        System.out.println("wrk, " + WRK_CONNECTIONS + " connections, as fast as it can:" + words);
        report(cpu, processor(server.toHandle()).minus(servers), answered);
    }

    private static void report(Duration own, Duration server, long answered) {
        System.out.printf(
                Locale.ROOT,
                "  processor time %.0f us a request, of the server %.0f us%n",
                own.toNanos() / 1e3 / answered,
                server.toNanos() / 1e3 / answered);
    }

    private static Duration processor(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
