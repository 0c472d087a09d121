package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.controller.users.Router.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:1");

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void stickySessionStaysAndComesBack() {
        Router router = router(Routing.STICKY);
        assertThat(choose(router, 2, 1)).isEqualTo(2);
        router.down("node-2");
        assertThat(choose(router, 2, 2)).isEqualTo(3);
        router.up("node-2", ADDRESS);
        assertThat(choose(router, 2, 3)).isEqualTo(2);
    }

    @Test
    void sessionsWithoutAHomeAreSpread() {
        Router router = router(Routing.STICKY);
        assertThat(IntStream.range(0, 3).map(turn -> target(router, 0, 0, turn).number()))
                .containsExactly(1, 2, 3);
        assertThat(target(router, 0, 0, -1).number()).isBetween(1, 3);
    }

    /** What lingers is still asked, whatever becomes of it, until routing has caught up. */
    @Test
    void anEntranceIsToldOfEachChangeOfTheRotation() {
        List<List<String>> asked = new ArrayList<>();
        Router router = new Router(Routing.STICKY, List.of("node-1", "node-2"));
        router.through(new Entrance() {
            @Override
            public String name() {
                return "played";
            }

            @Override
            public URI address() {
                return URI.create("http://127.0.0.1:80");
            }

            @Override
            public void ask(List<Target> nodes) {
                asked.add(nodes.stream().map(Target::name).toList());
            }

            @Override
            public List<String> broken() {
                return List.of();
            }

            @Override
            public void close() {}
        });
        router.up("node-1", ADDRESS);
        router.up("node-2", ADDRESS);
        assertThat(router.choose(1, 1, 1)).contains(new Target(0, "played", URI.create("http://127.0.0.1:80")));
        assertThat(router.targets())
                .as("final reads ask each")
                .extracting(Target::number)
                .containsExactly(1, 2);
        router.linger("node-1");
        router.down("node-1");
        router.leave("node-1");
        router.up("node-1", ADDRESS);

        assertThat(asked)
                .containsExactly(
                        List.of("node-1"),
                        List.of("node-1", "node-2"),
                        List.of("node-1", "node-2"),
                        List.of("node-1", "node-2"),
                        List.of("node-2"),
                        List.of("node-1", "node-2"));
    }

    @Test
    void roundRobinGoesRound() {
        Router router = router(Routing.ROUND_ROBIN);
        assertThat(IntStream.range(0, 4).map(i -> choose(router, 1, 1))).containsExactly(1, 2, 3, 1);
    }

    @Test
    void nodesThatComeLaterAreSpreadOverAndThoseThatGoAreNot() {
        Router router = new Router(Routing.ROUND_ROBIN, List.of());
        assertThat(router.choose(0, 0, 7)).isEmpty();
        for (String pod : List.of("a", "b", "c", "d")) {
            router.join(pod);
            router.join(pod);
            router.up(pod, ADDRESS);
        }
        for (String pod : List.of("a", "b")) {
            router.down(pod);
            router.retire(pod);
        }

        assertThat(router.names()).containsExactly("unknown", "a", "b", "c", "d");
        assertThat(router.number("d")).isEqualTo(4);
        assertThat(IntStream.range(0, 4).map(i -> target(router, 0, 0, 0).number()))
                .as("not all at the neighbour of those that are gone")
                .containsExactlyInAnyOrder(3, 4, 3, 4);
    }

    @Test
    void stickySessionsOfANodeThatIsGoneAreSpread() {
        Router router = router(Routing.STICKY);
        router.down("node-1");
        router.retire("node-1");
        assertThat(IntStream.range(0, 4).map(turn -> target(router, 1, 1, turn).number()))
                .containsExactly(2, 3, 2, 3);
    }

    @Test
    void crossNeverRepeatsWhileAnotherIsUp() {
        Router router = router(Routing.CROSS);
        assertThat(choose(router, 1, 1)).isEqualTo(2);
        router.down("node-2");
        assertThat(choose(router, 1, 1)).isEqualTo(3);
        router.down("node-3");
        assertThat(choose(router, 1, 1)).isEqualTo(1);
    }

    @Test
    void ejectedNodeIsTriedAgainAfterAWhileAndRunsAllTheTime() {
        Router router = router(Routing.STICKY);
        Target refused = target(router, 1, 0, 0);
        router.eject(refused);
        assertThat(router.isUp("node-1")).isFalse();
        assertThat(choose(router, 1, 1)).isEqualTo(2);
        assertThat(router.targets()).extracting(Target::name).containsExactly("node-1", "node-2", "node-3");
        nanoTime.addAndGet(Router.EJECTED.toNanos() - 1);
        assertThat(choose(router, 1, 1)).isEqualTo(2);
        nanoTime.incrementAndGet();
        assertThat(choose(router, 1, 1)).isEqualTo(1);
        assertThat(router.isUp("node-1")).isTrue();
    }

    @Test
    void nodeThatCameUpAnewIsNotEjectedForItsPast() {
        Router router = router(Routing.STICKY);
        Target refused = target(router, 1, 0, 0);
        router.eject(refused);
        router.up("node-1", ADDRESS);
        assertThat(router.isUp("node-1")).isTrue();
        // A refusal that was under way while the node came back must not take it out again.
        router.eject(refused);
        assertThat(router.isUp("node-1")).isTrue();
        router.down("node-1");
        router.eject(refused);
        assertThat(router.targets()).extracting(Target::name).containsExactly("node-2", "node-3");
    }

    @Test
    void aBalancerChoosesInOurPlace() {
        URI balancer = URI.create("http://127.0.0.1:80");
        Router router = new Router(Routing.CROSS, List.of("a", "b"), Optional.of(balancer));
        Target asked = router.choose(1, 1, 1).orElseThrow();
        assertThat(asked.number()).isZero();
        assertThat(asked.address()).isEqualTo(balancer);
        router.eject(asked);
        assertThat(router.choose(2, 2, 2)).contains(asked);
        router.up("a", ADDRESS);
        assertThat(router.targets()).containsExactly(asked);
        assertThat(router.names()).containsExactly("unknown", "a", "b");
    }

    @Test
    void nobodyUpMeansNobody() {
        Router router = new Router(Routing.CROSS, List.of("a", "b"));
        assertThat(router.choose(1, 1, 1)).isEmpty();
        assertThat(router.targets()).isEmpty();
        assertThat(router.names()).containsExactly("unknown", "a", "b");
        assertThat(router.number("b")).isEqualTo(2);
        assertThat(router.number("c")).isZero();
        assertThatThrownBy(() -> router.up("c", ADDRESS)).hasMessage("no node c");
    }

    private Router router(Routing routing) {
        Router router = new Router(routing, List.of("node-1", "node-2", "node-3"), nanoTime::get);
        List.of("node-1", "node-2", "node-3").forEach(node -> router.up(node, ADDRESS));
        return router;
    }

    private static int choose(Router router, int home, int last) {
        return target(router, home, last, 0).number();
    }

    private static Target target(Router router, int home, int last, long turn) {
        return router.choose(home, last, turn).orElseThrow();
    }

    @Test
    void aNodeLingersInRotationUntilRoutingHasCaughtUp() {
        Router router = router(Routing.ROUND_ROBIN);
        router.linger("node-1");
        router.down("node-1");
        assertThat(router.isUp("node-1")).isTrue();

        router.leave("node-1");
        assertThat(router.isUp("node-1")).isFalse();

        router.down("node-1");
        assertThat(router.targets()).extracting(Target::name).doesNotContain("node-1");
        router.linger("node-1");
        assertThat(router.isUp("node-1")).isFalse();
    }

    @Test
    void aNodeThatIsOutOfRotationStillRuns() {
        Router router = router(Routing.ROUND_ROBIN);
        router.linger("node-2");
        router.leave("node-2");

        assertThat(router.isUp("node-2")).isFalse();
        assertThat(router.targets()).extracting(Target::name).contains("node-2");

        router.up("node-2", URI.create("http://127.0.0.1:2"));
        assertThat(router.isUp("node-2")).isTrue();
    }
}
