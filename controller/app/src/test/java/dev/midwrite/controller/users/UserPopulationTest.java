package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Trial;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserPopulationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RequestListener NOBODY = (kind, outcome, node, status, nanos) -> {};

    @TempDir
    Path directory;

    private final UserClock clock = UserClock.start();
    private HistoryWriter history;
    private Duration timeout = Duration.ofSeconds(5);
    private int parallel = 1;

    @BeforeEach
    void open() throws IOException {
        history = HistoryWriter.create(directory.resolve("users.ops"));
    }

    @AfterEach
    void close() throws IOException {
        history.close();
    }

    @Test
    void soundNodesGiveAHistoryWithoutABlemish() throws Exception {
        try (ProbeHost host = new ProbeHost(directory, 2)) {
            Router router = router(Routing.CROSS, host, 2);
            UserPopulation users = start(router, Workload.labels(), 20, 5, 20, NOBODY);
            await().atMost(PATIENCE).until(() -> users.progress().ok() > 2000);
            users.stopNew();
            users.quiesce(PATIENCE);
            FinalReads reads = users.finalReads(PATIENCE);
            users.close();
            assertThat(reads.unanswered()).isZero();
            assertThat(reads.sessions()).isGreaterThanOrEqualTo(40);
            assertThat(users.probeSessions()).hasSize(40).doesNotContain(0L);
        }
        List<UserOperation> all = read();
        assertThat(all).allMatch(o -> o.outcome() == Outcome.OK);
        assertThat(all.stream().filter(o -> o.is(UserOperation.ABSENT)).map(UserOperation::kind))
                .isNotEmpty()
                .containsOnly(OperationKind.PROBE_OLD_ID);
        assertThat(all.stream().filter(o -> o.kind() == OperationKind.PROBE_OLD_ID))
                .allMatch(o -> o.is(UserOperation.ABSENT));
        assertThat(all.stream().map(UserOperation::kind).distinct())
                .contains(
                        OperationKind.CREATE,
                        OperationKind.WRITE,
                        OperationKind.READ,
                        OperationKind.APPEND,
                        OperationKind.READ_LIST,
                        OperationKind.INCREMENT,
                        OperationKind.READ_COUNTER,
                        OperationKind.WRITE_GROUP,
                        OperationKind.READ_GROUP,
                        OperationKind.UPDATE,
                        OperationKind.READ_DOCUMENT,
                        OperationKind.ROTATE_ID,
                        OperationKind.INVALIDATE,
                        OperationKind.RELOGIN,
                        OperationKind.REMOVE,
                        OperationKind.MUTATE,
                        OperationKind.READ_MUTATED,
                        OperationKind.LOG_IN,
                        OperationKind.LIST_SESSIONS,
                        OperationKind.END_OTHERS);
        assertThat(all.stream().filter(o -> o.kind() == OperationKind.WRITE).map(UserOperation::value))
                .doesNotHaveDuplicates()
                .doesNotContain(0L);
        assertProcessesAreSequential(all);
        assertReloginsGoOnInTheOtherSession(all);
        by(all, UserOperation::session).values().forEach(UserPopulationTest::assertFinalReadsShowAllWrites);
    }

    private static void assertReloginsGoOnInTheOtherSession(List<UserOperation> all) {
        List<UserOperation> relogins =
                all.stream().filter(o -> o.kind() == OperationKind.RELOGIN).toList();
        for (UserOperation relogin : relogins) {
            UserOperation create = all.stream()
                    .filter(o -> o.kind() == OperationKind.CREATE && o.incarnation() == relogin.second())
                    .findFirst()
                    .orElseThrow();
            assertThat(create.session()).isNotEqualTo(relogin.session());
            assertThat(create.invoked()).isEqualTo(relogin.returned());
            assertThat(create.request()).isEqualTo(relogin.request());
            assertThat(all.stream().filter(o -> o.session() == create.session()))
                    .as("what was seen of the other session")
                    .allMatch(o -> o.incarnation() == create.incarnation() || o.is(UserOperation.ABSENT));
        }
    }

    @Test
    void tabsOfOneSessionMeetAndASoundServiceShowsNothing() throws Exception {
        parallel = 4;
        try (ProbeHost host = new ProbeHost(directory, 2)) {
            Router router = router(Routing.CROSS, host, 2);
            UserPopulation users = start(router, Workload.labels(), 10, 0, 80, NOBODY);
            await().atMost(PATIENCE).until(() -> users.progress().ok() > 4000);
            users.quiesce(PATIENCE);
            assertThat(users.finalReads(PATIENCE).unanswered()).isZero();
            users.close();
        }
        List<UserOperation> all = read();
        assertProcessesAreSequential(all);
        assertThat(meetings(all, o -> true)).as("requests that met").isGreaterThan(100);
        assertThat(meetings(
                        all,
                        o -> o.kind() == OperationKind.ROTATE_ID
                                || o.kind() == OperationKind.INVALIDATE
                                || o.kind() == OperationKind.CREATE))
                .as("changes of the id that met")
                .isZero();
        assertThat(meetings(all, o -> o.kind() == OperationKind.APPEND)).isZero();
        Trial trial = Trial.of(Profile.STRONG)
                .nodes(List.of("unknown", "node-1", "node-2"))
                .attributes(UserPopulation.attributes(FlowSpec.NONE))
                .workloads(Workload.labels())
                .build();
        assertThat(Judge.judge(trial, all, List.of(), Journals.NONE).cards()).isEmpty();
    }

    /** How often one of these began before another of the same session had ended. */
    private static long meetings(List<UserOperation> all, Predicate<UserOperation> which) {
        long meetings = 0;
        for (List<UserOperation> session :
                by(all.stream().filter(which).toList(), UserOperation::session).values()) {
            List<UserOperation> sorted = session.stream()
                    .filter(o -> !o.is(UserOperation.FINAL))
                    .sorted(Comparator.comparingLong(UserOperation::invoked))
                    .toList();
            for (int i = 1; i < sorted.size(); i++) {
                meetings += sorted.get(i).invoked() < sorted.get(i - 1).returned() ? 1 : 0;
            }
        }
        return meetings;
    }

    private static void assertProcessesAreSequential(List<UserOperation> all) {
        by(all, UserOperation::process).values().forEach(operations -> {
            for (int i = 1; i < operations.size(); i++) {
                assertThat(operations.get(i).invoked())
                        .isGreaterThanOrEqualTo(operations.get(i - 1).returned());
            }
        });
    }

    private static void assertFinalReadsShowAllWrites(List<UserOperation> session) {
        List<Long> appended = session.stream()
                .filter(o -> o.kind() == OperationKind.APPEND)
                .map(UserOperation::request)
                .toList();
        List<UserOperation> lists = finals(session, OperationKind.READ_LIST);
        List<UserOperation> counters = finals(session, OperationKind.READ_COUNTER);
        if (session.stream().anyMatch(o -> o.kind().ends())) {
            assertThat(finals(session, OperationKind.PROBE_OLD_ID)).hasSize(2);
            assertThat(lists).isEmpty();
            return;
        }
        if (lists.isEmpty()) {
            assertThat(session.stream().map(UserOperation::kind))
                    .as("a failover probe")
                    .containsOnly(OperationKind.CREATE, OperationKind.PROBE);
            return;
        }
        assertThat(lists.stream().map(UserOperation::node)).containsExactlyInAnyOrder(1, 2);
        for (UserOperation list : lists) {
            assertThat(list.is(UserOperation.WHOLE)).isTrue();
            assertThat(list.payload())
                    .containsExactly(
                            appended.stream().mapToLong(Long::longValue).toArray());
            assertThat(list.length()).isEqualTo(appended.size());
            assertThat(list.second()).isEqualTo(appended.stream().reduce(0L, Mix::mix));
        }
        long increments = session.stream()
                .filter(o -> o.kind() == OperationKind.INCREMENT)
                .count();
        assertThat(counters).hasSize(2).allMatch(o -> o.value() == increments);
        List<UserOperation> updates =
                session.stream().filter(o -> o.kind() == OperationKind.UPDATE).toList();
        for (int i = 1; i < updates.size(); i++) {
            assertThat(updates.get(i).second()).isEqualTo(updates.get(i - 1).value());
        }
    }

    @Test
    void refusingNodeIsLeftForTheOtherAndNothingIsLost() throws Exception {
        try (ProbeHost host = new ProbeHost(directory, 2)) {
            Router router = router(Routing.STICKY, host, 2);
            UserPopulation users = start(router, List.of("list"), 10, 0, 20, NOBODY);
            await().atMost(PATIENCE).until(() -> users.progress().ok() > 200);
            host.refuse(0);
            await().atMost(PATIENCE).until(() -> users.progress().fail() > 0);
            long before = users.progress().ok();
            await().atMost(PATIENCE).until(() -> users.progress().ok() > before + 200);
            users.quiesce(PATIENCE);
            users.close();
        }
        List<UserOperation> all = read();
        List<UserOperation> refused =
                all.stream().filter(o -> o.outcome() == Outcome.FAIL).toList();
        assertThat(refused).isNotEmpty().allMatch(o -> o.node() == 1);
        Set<Long> retried = all.stream()
                .filter(o -> o.outcome() == Outcome.OK && o.node() == 2 && o.attempt() > 1)
                .map(UserOperation::request)
                .collect(Collectors.toSet());
        assertThat(refused).allMatch(o -> retried.contains(o.request()));
    }

    /** Nodes that only a rollout starts, beside those of before. */
    @Test
    void failoverProbesSitOnNodesThatRun() throws Exception {
        try (ProbeHost host = new ProbeHost(directory, 2)) {
            Router router = new Router(Routing.STICKY, List.of("node-1", "node-2", "surge-1"));
            router.up("node-1", host.uri(0));
            router.up("node-2", host.uri(1));
            UserPopulation users = start(router, List.of("list"), 1, 0, 1, NOBODY);
            await().atMost(PATIENCE).until(() -> users.progress().ok() > 100);
            users.quiesce(PATIENCE);
            assertThat(users.probeSessions()).hasSize(40);
            Set<Long> probes = Set.copyOf(users.probeSessions());
            users.close();
            assertThat(read().stream()
                            .filter(o -> o.kind() == OperationKind.CREATE && probes.contains(o.session()))
                            .collect(Collectors.groupingBy(UserOperation::node, Collectors.counting())))
                    .isEqualTo(Map.of(1, 20L, 2, 20L));
        }
    }

    @Test
    void hungNodeHoldsUpNobody() throws Exception {
        try (HungServer hung = new HungServer();
                MisbehavingServer sound = new MisbehavingServer(e -> e.respond("200 OK", e.echo(), e.alive()))) {
            Router router = new Router(Routing.STICKY, List.of("node-1", "node-2"));
            router.up("node-1", sound.uri());
            router.up("node-2", hung.uri());
            timeout = Duration.ofMinutes(2);
            UserPopulation users = start(router, List.of("register"), 1200, 0, 1, NOBODY);
            // A thread for each would be an end to it, long before.
            await().atMost(PATIENCE).until(() -> hung.connections() > 400);
            long before = users.progress().ok();
            await().atMost(PATIENCE).until(() -> users.progress().ok() > before + 400);
            users.close();
        }
        Map<Integer, Long> probed = read().stream()
                .filter(o -> o.kind() == OperationKind.PROBE && o.outcome() == Outcome.OK)
                .collect(Collectors.groupingBy(UserOperation::node, Collectors.counting()));
        assertThat(probed).containsOnlyKeys(1);
    }

    @Test
    void withNoNodeUpRequestsFailAndPlansGoOn() throws Exception {
        Router router = new Router(Routing.STICKY, List.of("node-1"));
        UserPopulation users = start(router, List.of("list"), 2, 0, 50, NOBODY);
        await().atMost(PATIENCE).until(() -> users.progress().fail() > 20);
        users.quiesce(PATIENCE);
        users.close();
        assertThat(read())
                .as("never sent, so without a value")
                .allMatch(o -> o.outcome() == Outcome.FAIL && o.node() == 0 && o.value() == 0);
    }

    @Test
    void afterAnIndeterminateWriteTheSessionIsOnlyRead() throws Exception {
        Set<String> seen = new HashSet<>();
        try (MisbehavingServer server = new MisbehavingServer(exchange -> {
            boolean write = exchange.head().startsWith("POST /probe/register");
            // The first attempt of every write dies; so does nothing else.
            if (write && seen.add(exchange.id())) {
                exchange.reset();
            } else {
                exchange.respond("200 OK", exchange.echo(), exchange.alive());
            }
        })) {
            Router router = new Router(Routing.STICKY, List.of("node-1"));
            router.up("node-1", server.uri());
            UserPopulation users = start(router, List.of("register"), 1, 0, 50, NOBODY);
            await().atMost(PATIENCE).until(() -> seen.size() > 1);
            users.quiesce(PATIENCE);
            users.close();
        }
        Set<Long> probes = read().stream().map(UserOperation::session).collect(Collectors.toSet());
        long label = read().stream()
                .filter(o -> o.kind() == OperationKind.WRITE)
                .findFirst()
                .orElseThrow()
                .session();
        List<UserOperation> user =
                read().stream().filter(o -> o.session() == label).toList();
        assertThat(probes).as("the user logs in anew").hasSizeGreaterThan(21);
        List<UserOperation> writes =
                user.stream().filter(o -> o.kind() == OperationKind.WRITE).toList();
        assertThat(writes).hasSize(2);
        UserOperation first = writes.get(0);
        UserOperation second = writes.get(1);
        assertThat(first.outcome()).isEqualTo(Outcome.INFO);
        assertThat(first.returned()).isEqualTo(UserOperation.NEVER);
        assertThat(second.outcome()).isEqualTo(Outcome.OK);
        assertThat(second.request()).isEqualTo(first.request());
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.value()).isNotEqualTo(first.value());
        assertThat(second.process()).isNotEqualTo(first.process());
        assertThat(user.subList(user.indexOf(second) + 1, user.size()))
                .hasSize(20)
                .allMatch(o -> o.kind() == OperationKind.READ);
    }

    @Test
    void latencyCountsFromThePlannedMoment() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Queue<Long> latencies = new ConcurrentLinkedQueue<>();
        Duration period = Duration.ofMillis(20);
        try (MisbehavingServer server = new MisbehavingServer(exchange -> {
            if (exchange.head().startsWith("GET /probe/list") && held.getCount() > 0) {
                held.countDown();
                awaitQuietly(release);
            }
            String list = ",\"length\":0,\"hash\":\"0000000000000000\",\"whole\":false,\"ids\":[]}";
            exchange.respond("200 OK", exchange.echo(), exchange.alive().replace("}", list));
        })) {
            Router router = new Router(Routing.STICKY, List.of("node-1"));
            router.up("node-1", server.uri());
            UserPopulation users = start(router, List.of("list"), 1, 0, 50, (kind, outcome, node, status, nanos) -> {
                if (kind == OperationKind.READ_LIST || kind == OperationKind.APPEND) {
                    latencies.add(nanos);
                }
            });
            held.await();
            long until = clock.now() + period.multipliedBy(10).toNanos();
            await().atMost(PATIENCE).until(() -> clock.now() > until);
            int before = latencies.size();
            release.countDown();
            await().atMost(PATIENCE).until(() -> latencies.size() >= before + 5);
            users.quiesce(PATIENCE);
            users.close();
            List<Long> after = new ArrayList<>(latencies).subList(before, before + 5);
            // Requests planned 1, 2, … periods after the one that was held 10 periods.
            for (int i = 0; i < after.size(); i++) {
                assertThat(after.get(i))
                        .isGreaterThanOrEqualTo(period.multipliedBy(9 - i).toNanos());
            }
        }
    }

    @Test
    void userThatCannotGoOnBreaksTheRun() throws Exception {
        Router router = new Router(Routing.STICKY, List.of("node-1"));
        UserPopulation users = start(router, List.of("list"), 1, 0, 50, (kind, outcome, node, status, nanos) -> {
            throw new IllegalStateException("the disk is full");
        });
        await().atMost(PATIENCE).until(() -> users.progress().fail() > 0);
        assertThatThrownBy(() -> users.quiesce(PATIENCE))
                .isInstanceOf(Problem.class)
                .hasMessage("The users could not go on: the disk is full.");
        users.close();
    }

    private UserPopulation start(
            Router router,
            List<String> workloads,
            int sessions,
            double arrivals,
            double rate,
            RequestListener listener) {
        UsersSpec spec = new UsersSpec(
                sessions,
                arrivals,
                rate,
                workloads,
                Routing.STICKY,
                timeout,
                1,
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                true,
                Duration.ZERO,
                false,
                "",
                parallel,
                false,
                List.of(),
                PATIENCE,
                FlowSpec.NONE,
                List.of(),
                Optional.empty(),
                UsersSpec.Through.NOTHING);
        return UserPopulation.start(
                new UserSetting(spec, 42, ProbeAccess.mounted("/probe"), false), router, clock, history, listener);
    }

    private static Router router(Routing routing, ProbeHost host, int nodes) {
        List<String> names =
                IntStream.rangeClosed(1, nodes).mapToObj(i -> "node-" + i).toList();
        Router router = new Router(routing, names);
        for (int i = 0; i < nodes; i++) {
            router.up(names.get(i), host.uri(i));
        }
        return router;
    }

    private List<UserOperation> read() throws IOException {
        history.close();
        return HistoryReader.readAll(directory.resolve("users.ops"));
    }

    private static List<UserOperation> finals(List<UserOperation> session, OperationKind kind) {
        return session.stream()
                .filter(o -> o.kind() == kind && o.is(UserOperation.FINAL))
                .toList();
    }

    private static <K> Map<K, List<UserOperation>> by(List<UserOperation> all, Function<UserOperation, K> key) {
        return all.stream().collect(Collectors.groupingBy(key));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
