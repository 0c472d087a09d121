package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.OwnStore;
import dev.midwrite.controller.plan.StoreAction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A primary, its replicas, and real sentinels, which alone decide who takes a primary's place. Each server is known to all
 * others by the port of a forwarder of its own, which can turn servers or sentinels away by the loopback address that
 * they come from, and let clients through.
 */
final class SentinelStore implements RedisServers {
    /** Where servers come from when they follow another. */
    private static final String SERVERS = "127.0.0.3";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Member(RedisProcess process, Forwarder gate) {}

    private final Path executable;
    private final StoreLogin login;
    private final OwnServers<RedisProcess> own = new OwnServers<>();
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final Sentinels sentinels = new Sentinels();
    private final ServerActions actions = new ServerActions();
    private final Reaper.Entry atTheEnd;
    /** By the last answer of a majority. */
    private volatile Member leader;
    /** Whose replicas do not reach it; null for nobody. */
    private Member lagging;
    /** What is cut off from sentinels, too, and how much it had written then; null for nothing. */
    private Alone alone;

    private record Alone(Member member, long written) {}

    /** @param executable of Redis; whoever closes this deletes it */
    SentinelStore(Path executable, StoreLogin login, Reaper reaper) {
        this.executable = executable;
        this.login = login;
        this.atTheEnd = reaper.add("the embedded Redis", this::end);
    }

    @Override
    public void begin(OwnStore spec, Path directory, Reaper reaper) throws IOException, InterruptedException {
        for (int i = 0; i <= spec.replicas(); i++) {
            Path place = PrivateFiles.directory(i == 0 ? directory : directory.resolve("replica-" + i));
            Forwarder gate = Forwarder.start(0);
            Map<String, String> config = new HashMap<>(spec.config());
            config.put("replica-announce-ip", RedisProcess.LOOPBACK);
            config.put("replica-announce-port", Integer.toString(gate.port()));
            Member member = null;
            try {
                member = new Member(
                        own.start(port ->
                                new RedisProcess(executable, place, port, login, config, reaper).comingFrom(SERVERS)),
                        gate);
            } finally {
                if (member == null) {
                    gate.close();
                }
            }
            members.add(member);
            gate.leadTo(member.process().port());
            if (i == 0) {
                leader = member;
            } else {
                member.process().follow(leader.gate().port());
            }
        }
        sentinels.begin(spec, leader.gate().port(), login, executable, directory, PATIENCE, reaper);
    }

    @Override
    public int port() {
        return primary().gate().port();
    }

    @Override
    public OptionalInt replicaPort() {
        return OptionalInt.of(members.get(1).gate().port());
    }

    @Override
    public Set<Integer> copies() {
        Member now = primary();
        return members.stream()
                .filter(member -> member != now)
                .map(member -> member.gate().port())
                .collect(Collectors.toSet());
    }

    @Override
    public Map<String, String> placeholders() {
        return sentinels.placeholders();
    }

    @Override
    public boolean up() {
        return primary().process().alive();
    }

    /** One that ends has its place taken; only when none is left, the store has ended. */
    @Override
    public Optional<String> endedByItself() {
        return members.stream()
                        .anyMatch(member -> member.process().endedByItself().isEmpty())
                ? Optional.empty()
                : leader.process().endedByItself();
    }

    @Override
    public synchronized String act(StoreAction action, Duration lasting, double share) throws InterruptedException {
        Member now = primary();
        try {
            return switch (action) {
                case FAILOVER -> failover(now);
                case LAG -> {
                    lagging = now;
                    part();
                    yield "was cut off from its replicas";
                }
                case ISOLATE -> {
                    alone = new Alone(now, written(now));
                    part();
                    yield "was cut off from its replicas and sentinels, and not from its clients";
                }
                case START -> {
                    for (Member member : members) {
                        actions.act(member.process(), action, lasting, share);
                    }
                    yield "was started again";
                }
                default -> actions.act(now.process(), action, lasting, share);
            };
        } catch (JedisException e) {
            throw ServerActions.failed(e);
        }
    }

    @Override
    public synchronized String lift(StoreAction action) {
        return switch (action) {
            case LAG -> caughtUp();
            case ISOLATE -> together();
            default -> {
                actions.lift();
                yield "";
            }
        };
    }

    private String failover(Member old) throws InterruptedException {
        if (members.stream()
                .noneMatch(member -> member != old && member.process().alive())) {
            throw new Problem("There is no replica left to fail over to.");
        }
        boolean known = old.process().alive();
        Map<Member, Long> had = members.stream()
                .filter(member -> member.process().alive())
                .collect(Collectors.toMap(Function.identity(), SentinelStore::written));
        long from = System.nanoTime();
        old.process().kill();
        Polling.until(
                () -> {
                    Member next = primary();
                    return next != old && next.process().alive() && leads(next);
                },
                PATIENCE,
                () -> new Problem(
                        "The sentinels put no replica in the primary's place within " + PATIENCE.toSeconds() + " s."));
        Member next = primary();
        return String.format(
                Locale.ROOT,
                "failed over to a replica that was %s bytes behind, in whose favour its sentinels decided after %.1f s",
                known ? Math.max(0, had.get(old) - had.getOrDefault(next, 0L)) : "an unknown number of",
                (System.nanoTime() - from) / 1e9);
    }

    private String caughtUp() {
        Member now = primary();
        String led = "";
        try {
            long written = written(now);
            led = members.stream()
                    .filter(member -> member != now && member.process().alive())
                    .map(member -> Math.max(0, written - written(member)))
                    .max(Long::compare)
                    .map(behind -> "had a replica that was " + behind + " bytes behind")
                    .orElse("");
        } catch (JedisException e) {
            // One of them is down, and the other cannot be compared with it.
        }
        lagging = null;
        part();
        return led;
    }

    /** Servers and sentinels reach it again. What it had taken alone is known if it tells. */
    private String together() {
        Alone before = alone;
        alone = null;
        if (before == null) {
            return "";
        }
        boolean replaced = primary() != before.member();
        String taken = "an unknown number of bytes";
        try {
            taken = Math.max(0, written(before.member()) - before.written()) + " bytes of writes";
        } catch (JedisException e) {
            // It is down.
        }
        part();
        return replaced
                ? "had a primary that was cut off, and took " + taken
                        + " which the one does not have that its sentinels put in its place"
                : "had a primary that was cut off, and that its sentinels did not replace";
    }

    /** Cuts off who is to be, and lets all others through. */
    private void part() {
        for (Member member : members) {
            boolean cut = alone != null && alone.member() == member;
            boolean behind = cut || lagging == member;
            member.gate().turnAway(cut ? Set.of(SERVERS, SentinelProcess.HOST) : behind ? Set.of(SERVERS) : Set.of());
        }
    }

    /** As most of the sentinels see it; if they do not agree, as they did last. */
    private Member primary() {
        OptionalInt port = sentinels.primary();
        members.stream()
                .filter(member -> port.isPresent() && member.gate().port() == port.getAsInt())
                .findFirst()
                .ifPresent(member -> leader = member);
        return leader;
    }

    private static boolean leads(Member member) {
        try (RedisConnection connection = member.process().connect()) {
            return "master".equals(connection.info().get("role"));
        } catch (JedisException e) {
            return false;
        }
    }

    private static long written(Member member) {
        return member.process().written();
    }

    @Override
    public void close() {
        atTheEnd.close();
        end();
    }

    private void end() {
        members.forEach(member -> member.gate().close());
        own.end();
        sentinels.end();
        RedisServers.delete(executable);
    }
}
