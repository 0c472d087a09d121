package dev.midwrite.controller.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.midwrite.controller.history.SocketFacts;
import dev.midwrite.controller.history.SocketFacts.Connection;
import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.plan.SocketSpec;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.SessionHandle;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Extraction ACCEPTED = json("/accepted");

    private final Scene scene = new Scene();

    @Test
    void whatIsNotConfirmedIsSentAgainOverTheNextConnection() {
        Conversation conversation = scene.conversation(orders());
        scene.open(conversation);
        scene.pass(conversation, 100);
        scene.pass(conversation, 100);
        scene.hears("{\"accepted\":1}");

        scene.ear().closed(1001);
        scene.open(conversation);

        assertThat(scene.wire().sent).containsExactly("order 2");
        SocketFacts.Conversation facts = conversation.facts();
        assertThat(facts.numbered()).isEqualTo(2);
        assertThat(facts.confirmed()).isEqualTo(1);
        assertThat(facts.resent()).containsExactly(2L);
        assertThat(facts.connections().get(0).code()).isEqualTo(1001);
    }

    @Test
    void aConfirmationThatComesEarlierLeavesAGapThatIsNotCovered() {
        Conversation conversation = scene.conversation(orders());
        scene.open(conversation);
        scene.pass(conversation, 100);
        scene.pass(conversation, 100);
        scene.hears("{\"accepted\":2}");

        assertThat(conversation.facts().confirmed()).isZero();
        assertThat(conversation.atRest()).isFalse();
        scene.hears("{\"accepted\":1}");
        assertThat(conversation.facts().confirmed()).isEqualTo(2);
        assertThat(conversation.atRest()).isTrue();
    }

    @Test
    void aConnectionThatConfirmsNothingInTimeIsGivenUp() {
        Conversation conversation = scene.conversation(orders());
        scene.open(conversation);
        scene.pass(conversation, 100);

        scene.pass(conversation, 5_000);
        assertThat(scene.wire().aborted).isFalse();
        scene.pass(conversation, 1);
        assertThat(scene.wire().aborted).isTrue();
        scene.ear().closed(1006);
        assertThat(conversation.facts().connections())
                .extracting(Connection::code)
                .containsExactly(SocketFacts.GIVEN_UP);
    }

    @Test
    void noMoreThanSoManyWaitForConfirmation() {
        Conversation conversation = scene.conversation(orders());
        scene.open(conversation);
        for (int i = 0; i < 40; i++) {
            scene.pass(conversation, 100);
        }

        assertThat(scene.wire().sent).hasSize(16);
    }

    @Test
    void goesOnAfterTheLastNumberThatCame() {
        Conversation conversation = scene.conversation(prices());
        scene.open(conversation);
        scene.ear().message("{}", "41");
        scene.ear().message("{}", "42");
        scene.ear().closed(0);
        scene.open(conversation);

        assertThat(scene.queries).containsExactly("", "?after=42");
        assertThat(conversation.facts().feed())
                .extracting(SocketFacts.Arrival::connection, SocketFacts.Arrival::number)
                .containsExactly(tuple(0, 41L), tuple(0, 42L));
    }

    @Test
    void whatAnEarlierConnectionReportsLateIsNotHeard() {
        Conversation conversation = scene.conversation(prices());
        scene.open(conversation);
        Wire.Listener first = scene.ear();
        first.closed(1001);
        scene.open(conversation);
        first.message("{}", "7");
        first.closed(1006);

        SocketFacts.Conversation facts = conversation.facts();
        assertThat(facts.feed()).isEmpty();
        assertThat(facts.connections()).extracting(Connection::code).containsExactly(1001, 0);
    }

    @Test
    void aRejectedHandshakeIsTriedAgainALittleLater() {
        Conversation conversation = scene.conversation(orders());
        conversation.tick();
        scene.ear().rejected(401, false);
        scene.pass(conversation, 249);
        assertThat(scene.wires).hasSize(1);
        scene.pass(conversation, 1);
        assertThat(scene.wires).hasSize(2);
        scene.ear().rejected(0, true);

        assertThat(conversation.facts().rejected()).containsEntry(401, 1L).containsEntry(0, 1L);
        assertThat(scene.refused).containsExactly(scene.node);
    }

    @Test
    void anEndedSessionHoldsNothing() {
        Conversation conversation = scene.conversation(orders());
        scene.open(conversation);
        scene.ended = true;
        conversation.tick();

        assertThat(scene.wire().closed).isTrue();
        assertThat(conversation.over()).isTrue();
        assertThat(conversation.atRest()).isTrue();
        SocketFacts.Conversation facts = conversation.facts();
        assertThat(facts.ended()).isTrue();
        assertThat(facts.connections())
                .extracting(Connection::closed, Connection::code)
                .containsExactly(tuple(SocketFacts.NEVER, 0));
    }

    @Test
    void asksInTheEndAndOnceMoreOverTheNextConnection() {
        Conversation conversation = scene.conversation(orders());
        scene.open(conversation);
        conversation.ask();
        assertThat(scene.wire().sent).containsExactly("all?");
        scene.hears("{\"accepted\":[]}");
        assertThat(conversation.answered()).isFalse();

        scene.ear().closed(1006);
        scene.open(conversation);
        assertThat(scene.wire().sent).containsExactly("all?");
        scene.hears("{\"orders\":[1,2,2]}");

        assertThat(conversation.answered()).isTrue();
        assertThat(conversation.facts().kept()).containsExactly(1L, 2L, 2L);
    }

    @Test
    void anEmptyAnswerIsAnAnswer() {
        Conversation conversation = scene.conversation(orders());
        scene.open(conversation);
        conversation.ask();
        scene.hears("{\"orders\":[]}");

        assertThat(conversation.answered()).isTrue();
        assertThat(conversation.facts().keptAt()).isNotEqualTo(SocketFacts.NEVER);
    }

    private static Extraction json(String pointer) {
        return new Extraction(Extraction.Source.JSON, pointer, "");
    }

    private static SocketSpec orders() {
        SocketSpec.Send send = new SocketSpec.Send(
                "order {number}",
                Duration.ofMillis(100),
                ACCEPTED,
                Optional.of(new SocketSpec.Kept("all?", json("/orders"))),
                false);
        return spec(SocketSpec.Kind.WEBSOCKET, Optional.of(send), Optional.empty());
    }

    private static SocketSpec prices() {
        SocketSpec.Feed feed = new SocketSpec.Feed(new Extraction(Extraction.Source.HEADER, "id", ""), "?after={last}");
        return spec(SocketSpec.Kind.EVENTS, Optional.empty(), Optional.of(feed));
    }

    private static SocketSpec spec(
            SocketSpec.Kind kind, Optional<SocketSpec.Send> send, Optional<SocketSpec.Feed> feed) {
        return new SocketSpec(kind, "/path", 1, send, feed, Optional.empty(), 0, Duration.ofSeconds(5));
    }

    /** A session, a node, and a clock that stands still unless it is moved. */
    private static final class Scene implements Conversation.Dialer, SessionHandle {
        private final Target node = new Target(1, "node-1", URI.create("http://127.0.0.1:1"));
        private final List<FakeWire> wires = new ArrayList<>();
        private final List<Wire.Listener> ears = new ArrayList<>();
        private final List<String> queries = new ArrayList<>();
        private final List<Target> refused = new ArrayList<>();
        private boolean ended;
        private long now;

        Conversation conversation(SocketSpec spec) {
            return new Conversation(this, 0, spec, this);
        }

        void open(Conversation conversation) {
            conversation.tick();
            ear().opened();
        }

        void pass(Conversation conversation, long millis) {
            now += TimeUnit.MILLISECONDS.toNanos(millis);
            conversation.tick();
        }

        void hears(String text) {
            ear().message(text, "");
        }

        FakeWire wire() {
            return wires.get(wires.size() - 1);
        }

        Wire.Listener ear() {
            return ears.get(ears.size() - 1);
        }

        @Override
        public Wire dial(SessionHandle session, Target to, SocketSpec socket, String query, Wire.Listener listener) {
            queries.add(query);
            ears.add(listener);
            wires.add(new FakeWire());
            return wire();
        }

        @Override
        public void refused(Target target) {
            refused.add(target);
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public long label() {
            return 1;
        }

        @Override
        public boolean open() {
            return !ended;
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public Optional<Target> route() {
            return Optional.of(node);
        }

        @Override
        public String cookies(URI to) {
            return "";
        }
    }

    /** Remembers what it is asked to do. */
    private static final class FakeWire implements Wire {
        private final List<String> sent = new ArrayList<>();
        private boolean closed;
        private boolean aborted;

        @Override
        public void send(String text) {
            sent.add(text);
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }
}
