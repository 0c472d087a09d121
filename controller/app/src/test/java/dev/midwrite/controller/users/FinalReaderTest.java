package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.controller.users.MisbehavingServer.Misbehaviour;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalReaderTest {
    /** Much more than all that is answered takes. */
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    /** So long that two requests would meet if they could, and much shorter than anybody's patience. */
    private static final Duration ANSWERING = Duration.ofMillis(5);

    @TempDir
    Path directory;

    private final UserClock clock = UserClock.start();
    private final Router router = new Router(Routing.STICKY, List.of("node-1", "node-2"));
    private HistoryWriter history;
    private Pace pace;

    @BeforeEach
    void open() throws IOException {
        history = HistoryWriter.create(directory.resolve("users.ops"));
        pace = new Pace(
                "test", setting(false), router, clock, history, (kind, outcome, node, status, nanos) -> {}, 200, 1);
    }

    @AfterEach
    void close() throws IOException {
        pace.close();
        history.close();
    }

    @Test
    void hungNodeTakesNoTimeFromTheOtherAndTheTimeGivenIsKept() throws Exception {
        Duration given = Duration.ofSeconds(3);
        try (MisbehavingServer sound = alive();
                HungServer hung = new HungServer()) {
            router.up("node-1", sound.uri());
            router.up("node-2", hung.uri());
            long began = clock.now();
            FinalReads reads = reader(false).read(sessions(100, 0), given);
            long took = clock.now() - began;
            assertThat(reads.sessions()).isEqualTo(100);
            assertThat(reads.reads()).isEqualTo(100);
            assertThat(reads.unanswered()).isEqualTo(16);
            assertThat(reads.unasked()).isEqualTo(84);
            assertThat(took).isLessThan(given.plusSeconds(4).toNanos());
        }
        List<UserOperation> all = read();
        assertThat(all).allMatch(o -> o.kind() == OperationKind.PROBE && o.is(UserOperation.FINAL));
        assertThat(all.stream().filter(o -> o.outcome() == Outcome.OK)).hasSize(100);
        assertThat(all.stream()
                        .filter(o -> o.node() == 2)
                        .map(UserOperation::session)
                        .distinct())
                .as("every read of the hung node is known to be missing")
                .hasSize(100);
        assertThat(all.stream().filter(o -> o.node() == 2)).noneMatch(o -> o.outcome() == Outcome.OK);
    }

    @Test
    void nodeThatRefusedOnceIsAskedAllTheSame() throws Exception {
        try (MisbehavingServer one = alive();
                MisbehavingServer two = alive()) {
            router.up("node-1", one.uri());
            router.up("node-2", two.uri());
            router.eject(router.targets().get(1));
            assertThat(router.isUp("node-2")).isFalse();
            FinalReads reads = reader(false).read(sessions(3, 0), ENOUGH);
            assertThat(reads).isEqualTo(new FinalReads(3, 6, 0, 0));
            assertThat(two.heads()).hasSize(3);
        }
    }

    @Test
    void nodeThatRunsAndRefusesLeavesItsReadsUnanswered() throws Exception {
        URI nobody;
        try (MisbehavingServer gone = alive()) {
            nobody = gone.uri();
        }
        router.up("node-1", nobody);
        FinalReads reads = reader(false).read(sessions(2, 0), Duration.ofMillis(300));
        assertThat(reads.reads()).isZero();
        assertThat(reads.wanted()).isEqualTo(2);
        assertThat(read()).isNotEmpty().allMatch(o -> o.outcome() == Outcome.FAIL && o.node() == 1);
    }

    @Test
    void sessionThatCannotBeReadIsAskedLessAndLessOften() throws Exception {
        try (MisbehavingServer broken =
                new MisbehavingServer(e -> e.respond("500 Internal Server Error", e.echo(), ""))) {
            router.up("node-1", broken.uri());
            FinalReads reads = reader(false).read(sessions(1, 0), Duration.ofMillis(1_500));
            assertThat(reads.unanswered()).isEqualTo(1);
        }
        assertThat(read())
                .as("at once, and at the earliest after 50, 150, 350 and 750 ms; the next would be at 1,550 ms")
                .hasSizeBetween(1, 5);
    }

    @Test
    void sessionThatLivesOnOneNodeIsReadThereAlone() throws Exception {
        try (MisbehavingServer one = alive();
                MisbehavingServer two = alive()) {
            router.up("node-1", one.uri());
            router.up("node-2", two.uri());
            FinalReads reads = reader(true).read(sessions(4, 2), ENOUGH);
            assertThat(reads).isEqualTo(new FinalReads(4, 4, 0, 0));
            assertThat(one.heads()).isEmpty();
            assertThat(two.heads()).hasSize(4);
        }
    }

    /** What one node answers may be what the next one must be asked with. */
    @Test
    void noSessionIsReadOnTwoNodesAtATime() throws Exception {
        Set<String> underWay = ConcurrentHashMap.newKeySet();
        Queue<String> met = new ConcurrentLinkedQueue<>();
        Misbehaviour slow = exchange -> {
            String session = label(exchange.head());
            if (!underWay.add(session)) {
                met.add(session);
            }
            LockSupport.parkNanos(ANSWERING.toNanos());
            underWay.remove(session);
            exchange.respond("200 OK", exchange.echo(), exchange.alive().replace("node-1", "shared"));
        };
        try (MisbehavingServer one = new MisbehavingServer(slow);
                MisbehavingServer two = new MisbehavingServer(slow)) {
            router.up("node-1", one.uri());
            router.up("node-2", two.uri());
            assertThat(reader(false).read(sessions(40, 0), ENOUGH)).isEqualTo(new FinalReads(40, 80, 0, 0));
        }
        assertThat(met).isEmpty();
    }

    private static String label(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("x-midwrite-session:"))
                .findFirst()
                .orElseThrow();
    }

    private static MisbehavingServer alive() throws IOException {
        // Names no node, so that each operation carries the node that was asked.
        return new MisbehavingServer(
                e -> e.respond("200 OK", e.echo(), e.alive().replace("node-1", "shared")));
    }

    private FinalReader reader(boolean homeOnly) {
        return new FinalReader(router, clock, setting(homeOnly), pace.requester(), Turns.NONE, new AtomicInteger());
    }

    private static List<UserSession> sessions(int count, int home) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(label -> {
                    UserSession session =
                            new UserSession(label, home, new BrowserCookies(false), Principal.NOBODY, Map.of());
                    session.createdOn(home == 0 ? 1 : home, 0xab);
                    return session;
                })
                .toList();
    }

    private static UserSetting setting(boolean homeOnly) {
        UsersSpec users = new UsersSpec(
                1,
                0,
                1,
                List.of(),
                Routing.STICKY,
                Duration.ofSeconds(60),
                0,
                Duration.ofSeconds(1),
                Duration.ofMinutes(30),
                false,
                Duration.ZERO,
                false);
        return new UserSetting(users, 1, ProbeAccess.mounted("/probe"), homeOnly);
    }

    private List<UserOperation> read() throws IOException {
        history.close();
        return HistoryReader.readAll(directory.resolve("users.ops"));
    }
}
