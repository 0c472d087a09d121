package dev.midwrite.controller.store;

import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.OwnStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentinels of one store, which agree by majority who its primary is. Thread-safe. */
final class Sentinels {
    /** Of what a sentinel waits before it holds a server for dead. */
    private static final int FAILOVER_TIMEOUTS = 5;

    private final OwnServers<SentinelProcess> own = new OwnServers<>();
    private final List<SentinelProcess> all = new CopyOnWriteArrayList<>();

    /**
     * Starts them, and waits until they have found the replicas and each other.
     *
     * @param port of the primary, on loopback
     * @param login that the servers want
     * @param directory a directory in it for each
     * @throws IOException if one of them does not start, or they do not find all
     */
    void begin(
            OwnStore spec,
            int port,
            StoreLogin login,
            Path executable,
            Path directory,
            Duration patience,
            Reaper reaper)
            throws IOException, InterruptedException {
        List<String> watch = watch(spec, port, login);
        for (int i = 1; i <= spec.sentinels(); i++) {
            Path place = directory.resolve("sentinel-" + i);
            all.add(own.start(free -> SentinelProcess.at(executable, place, free, watch, reaper)));
        }
        Polling.until(
                () -> all.stream().allMatch(each -> each.knows(spec.replicas(), spec.sentinels() - 1)),
                patience,
                () -> new IOException("its sentinels have not found the replicas and each other after "
                        + patience.toSeconds() + " s"));
    }

    private static List<String> watch(OwnStore spec, int port, StoreLogin login) {
        String name = SentinelProcess.NAME;
        long down = spec.downAfter().toMillis();
        List<String> watch = new ArrayList<>();
        watch.add("sentinel monitor " + name + " " + RedisProcess.LOOPBACK + " " + port + " "
                + (spec.sentinels() / 2 + 1));
        watch.add("sentinel down-after-milliseconds " + name + " " + down);
        // A failover that got stuck is tried again after twice this; with the three minutes that it comes with no drill
        // sees it.
        watch.add("sentinel failover-timeout " + name + " " + FAILOVER_TIMEOUTS * down);
        login.user().ifPresent(user -> watch.add("sentinel auth-user " + name + " " + user));
        login.password().ifPresent(password -> watch.add("sentinel auth-pass " + name + " " + password));
        return watch;
    }

    /** The port of the server that most of them hold to be the primary; empty if they do not agree. */
    OptionalInt primary() {
        Map<Integer, Long> votes = all.stream()
                .map(SentinelProcess::primary)
                .flatMap(port -> port.isPresent() ? Stream.of(port.getAsInt()) : Stream.empty())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return votes.entrySet().stream()
                .filter(vote -> vote.getValue() > all.size() / 2)
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /** What nodes may ask for, by placeholder. */
    Map<String, String> placeholders() {
        return Map.of(
                "store.sentinel.master",
                SentinelProcess.NAME,
                "store.sentinels",
                all.stream()
                        .map(each -> SentinelProcess.HOST + ":" + each.port())
                        .collect(Collectors.joining(",")));
    }

    /** Kills them. Idempotent. */
    void end() {
        own.end();
    }
}
