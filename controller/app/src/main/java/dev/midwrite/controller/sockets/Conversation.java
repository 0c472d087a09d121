package dev.midwrite.controller.sockets;

import dev.midwrite.controller.history.SocketFacts;
import dev.midwrite.controller.plan.SocketSpec;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.SessionHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * All connections of one session at one socket: opens the next when one has ended, numbers what it sends, sends it again until
 * it is confirmed, and remembers what comes. Not thread-safe; everything happens on one thread, also what wires report.
 */
final class Conversation {
    /** A client that is cut off tries again at once, and then no more often than this. */
    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(250);

    private enum State {
        WAITING,
        CONNECTING,
        OPEN,
        OVER
    }

    private final SessionHandle session;
    private final int socket;
    private final SocketSpec spec;
    private final Dialer dialer;

    private State state = State.WAITING;
    private Wire wire;
    private Ear ear;
    private Target target;
    private long openedAt;
    private long tryAt;

    private final Optional<Outbox> outbox;
    private final List<SocketFacts.Arrival> feed = new ArrayList<>();
    private long last;
    private boolean asked;
    private List<Long> kept = List.of();
    private long keptAt = SocketFacts.NEVER;
    private final List<SocketFacts.Connection> connections = new ArrayList<>();
    private final Map<Integer, Long> rejected = new TreeMap<>();

    /** Opens a connection of a session to a node. */
    interface Dialer {
        /** @param query what is appended to the socket's path */
        Wire dial(SessionHandle session, Target to, SocketSpec socket, String query, Wire.Listener listener);

        /** Hears of a node at which nobody listened. */
        void refused(Target node);

        long now();
    }

    Conversation(SessionHandle session, int socket, SocketSpec spec, Dialer dialer) {
        this.session = session;
        this.socket = socket;
        this.spec = spec;
        this.dialer = dialer;
        this.outbox = spec.send().map(send -> new Outbox(send, spec.within()));
    }

    /** Does what is due. */
    void tick() {
        long now = dialer.now();
        if (session.ended()) {
            end();
        }
        switch (state) {
            case WAITING -> {
                if (now >= tryAt) {
                    connect(now);
                }
            }
            case OPEN -> outbox.ifPresent(out -> send(out, now));
            default -> {
                // Somebody else has to do something.
            }
        }
    }

    private void connect(long now) {
        tryAt = now + AGAIN;
        Optional<Target> node = session.route();
        if (node.isEmpty()) {
            return;
        }
        target = node.get();
        state = State.CONNECTING;
        String resume = spec.feed().map(SocketSpec.Feed::resume).orElse("");
        String query = last == 0 ? "" : resume.replace("{last}", Long.toString(last));
        ear = new Ear();
        wire = dialer.dial(session, target, spec, query, ear);
    }

    private void send(Outbox out, long now) {
        if (out.waitsInVain(now)) {
            // Whether what is under way arrives is not known.
            Wire silent = wire;
            over(SocketFacts.GIVEN_UP);
            silent.abort();
            return;
        }
        out.next(now).ifPresent(wire::send);
    }

    /** Of the connection; the next is tried at once. */
    private void over(int code) {
        connections.add(new SocketFacts.Connection(target.number(), openedAt, dialer.now(), code));
        state = State.WAITING;
        tryAt = Long.MIN_VALUE;
    }

    /** Nothing new is sent from now on; what was is sent until it is confirmed. */
    void rest() {
        outbox.ifPresent(Outbox::rest);
    }

    /** All that was sent is confirmed, or its session was ended. */
    boolean atRest() {
        return state == State.OVER || outbox.map(Outbox::allConfirmed).orElse(true);
    }

    /** Asks what the service has, again whenever a connection opens. */
    void ask() {
        asked = true;
        if (state == State.OPEN) {
            question();
        }
    }

    private void question() {
        spec.send().flatMap(SocketSpec.Send::kept).ifPresent(question -> wire.send(question.ask()));
    }

    /** Nobody waits for its answer any more. */
    boolean answered() {
        return state == State.OVER
                || spec.send().flatMap(SocketSpec.Send::kept).isEmpty()
                || keptAt != SocketFacts.NEVER;
    }

    boolean over() {
        return state == State.OVER;
    }

    int socket() {
        return socket;
    }

    /** Closes what is open; nothing is opened any more. */
    void end() {
        if (state == State.OPEN) {
            connections.add(
                    new SocketFacts.Connection(target.number(), openedAt, SocketFacts.NEVER, SocketFacts.NO_CODE));
            wire.close();
        } else if (state == State.CONNECTING) {
            wire.abort();
        }
        state = State.OVER;
    }

    /** The same without a word to the other end. */
    void abort() {
        state = State.OVER;
        if (wire != null) {
            wire.abort();
        }
    }

    SocketFacts.Conversation facts() {
        List<SocketFacts.Connection> all = new ArrayList<>(connections);
        if (state == State.OPEN) {
            all.add(new SocketFacts.Connection(target.number(), openedAt, SocketFacts.NEVER, SocketFacts.NO_CODE));
        }
        return new SocketFacts.Conversation(
                session.label(),
                socket,
                session.ended(),
                outbox.map(Outbox::numbered).orElse(0L),
                outbox.map(Outbox::confirmed).orElse(0L),
                outbox.map(Outbox::resent).orElse(List.of()),
                kept,
                keptAt,
                feed,
                all,
                rejected,
                dialer.now());
    }

    /** Of one connection; what comes of an earlier one is not heard. */
    private final class Ear implements Wire.Listener {

        @Override
        public void opened() {
            if (this != ear || state != State.CONNECTING) {
                return;
            }
            state = State.OPEN;
            openedAt = dialer.now();
            outbox.ifPresent(out -> out.again(openedAt).forEach(wire::send));
            if (asked && keptAt == SocketFacts.NEVER) {
                question();
            }
        }

        @Override
        public void message(String text, String id) {
            if (this != ear || state != State.OPEN) {
                return;
            }
            long now = dialer.now();
            Message message = new Message(text, id);
            spec.feed()
                    .ifPresent(what -> message.numbers(what.number()).forEach(number -> {
                        feed.add(new SocketFacts.Arrival(connections.size(), number, now));
                        last = Math.max(last, number);
                    }));
            spec.send().ifPresent(send -> {
                if (asked
                        && send.kept()
                                .filter(question -> message.has(question.numbers()))
                                .isPresent()) {
                    kept = message.numbers(send.kept().orElseThrow().numbers());
                    keptAt = now;
                }
                message.numbers(send.confirmed())
                        .forEach(number -> outbox.orElseThrow().confirm(number, now));
            });
        }

        @Override
        public void closed(int code) {
            if (this == ear && state == State.OPEN) {
                over(code);
            }
        }

        @Override
        public void rejected(int status, boolean refused) {
            if (this != ear || state != State.CONNECTING) {
                return;
            }
            rejected.merge(status, 1L, Long::sum);
            state = State.WAITING;
            if (refused) {
                dialer.refused(target);
            }
        }
    }
}
