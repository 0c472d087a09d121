package dev.midwrite.controller.front;

import dev.midwrite.controller.front.FrontAttempt.Ending;
import dev.midwrite.controller.front.FrontAttempt.Form;
import dev.midwrite.controller.history.FrontFacts;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.SocketFacts;
import dev.midwrite.controller.users.RequestListener;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the history of a run out of what the front saw: each attempt is a step of the session whose cookie came with it. Thread-safe.
 */
public final class FrontHistory implements RelayListener {
    /** Names by number: an operation carries the number. */
    public static final List<String> ATTRIBUTES = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "another method", "WebSocket", "event stream");

    private static final int ANOTHER = ATTRIBUTES.indexOf("another method");
    private static final int SERVER_ERROR = 500;
    /** All who came without a session. */
    private static final long NOBODY = 1;

    private final HistoryWriter history;
    private final RequestListener listener;
    private final long patience;
    private final Map<Integer, Long> closes = new TreeMap<>();
    private RuntimeException failure;
    private int processes;
    private long requests;
    private long abandoned;
    private long demands;
    private long replaced;
    private long taken;
    private long streams;
    private long streamsCut;
    private long ok;
    private long failed;
    private long unknown;

    /**
     * @param listener hears of each attempt
     * @param patience how long users wait for an answer: a client that leaves sooner had no reason of the service's
     */
    public FrontHistory(HistoryWriter history, RequestListener listener, Duration patience) {
        this.history = history;
        this.listener = listener;
        this.patience = patience.toNanos();
    }

    @Override
    public synchronized void relayed(FrontAttempt attempt) {
        try {
            take(attempt, attempt.ended() - attempt.invoked());
        } catch (RuntimeException e) {
            failure = failure == null ? e : failure;
        }
    }

    private void take(FrontAttempt attempt, long nanos) {
        requests += attempt.attempt() == 1 ? 1 : 0;
        demands += attempt.login() ? 1 : 0;
        replaced += attempt.replaced() ? 1 : 0;
        taken += attempt.session() != 0 && attempt.taken() ? 1 : 0;
        if (attempt.form() == Form.EVENT_STREAM) {
            streams++;
            streamsCut += attempt.ending() == Ending.CUT ? 1 : 0;
        } else if (attempt.form() == Form.WEB_SOCKET) {
            int code = attempt.closedByNode() != 0 ? attempt.closedByNode() : attempt.closedByClient();
            closes.merge(code == 0 ? SocketFacts.BROKEN : code, 1L, Long::sum);
        }
        Outcome outcome = outcome(attempt);
        if (attempt.ending() == Ending.ABANDONED && outcome == Outcome.INFO && nanos < patience) {
            abandoned++;
            return;
        }
        ok += outcome == Outcome.OK ? 1 : 0;
        failed += outcome == Outcome.FAIL ? 1 : 0;
        unknown += outcome == Outcome.INFO ? 1 : 0;
        history.append(operation(attempt, outcome));
        listener.request(OperationKind.STEP, outcome, attempt.node(), attempt.status(), nanos);
    }

    /** What lasts until somebody ends it was served when it began. */
    private static Outcome outcome(FrontAttempt attempt) {
        boolean lasts = attempt.form() != Form.PLAIN;
        return switch (attempt.ending()) {
            case UNSENT -> Outcome.FAIL;
            case ANSWERED -> attempt.status() >= SERVER_ERROR ? Outcome.INFO : Outcome.OK;
            case CUT, ABANDONED -> lasts ? Outcome.OK : Outcome.INFO;
        };
    }

    private UserOperation operation(FrontAttempt attempt, Outcome outcome) {
        long session = attempt.session() != 0 ? attempt.session() : attempt.given();
        boolean answered = outcome == Outcome.OK;
        return UserOperation.of(OperationKind.STEP, session == 0 ? NOBODY : session)
                .between(attempt.invoked(), outcome == Outcome.INFO ? UserOperation.NEVER : attempt.ended())
                .value(answered ? attempt.status() : 0)
                .second(attempt.replaced() || (attempt.session() != 0 && attempt.taken()) ? 1 : 0)
                .request(attempt.request(), attempt.attempt())
                // Requests of one session meet; each is a process that does one thing.
                .process(++processes)
                .node(attempt.node())
                .attribute(attribute(attempt))
                .length(outcome == Outcome.INFO && attempt.ending() == Ending.ANSWERED ? attempt.status() : 0)
                .outcome(outcome)
                .flags(answered && attempt.login() ? UserOperation.ABSENT : 0)
                .build();
    }

    private static int attribute(FrontAttempt attempt) {
        return switch (attempt.form()) {
            case WEB_SOCKET -> ATTRIBUTES.indexOf("WebSocket");
            case EVENT_STREAM -> ATTRIBUTES.indexOf("event stream");
            case PLAIN -> {
                int known = ATTRIBUTES.indexOf(attempt.method());
                yield known < 0 ? ANOTHER : known;
            }
        };
    }

    /** How far it is. */
    public record Progress(long requests, long ok, long failed, long unknown) {}

    public synchronized Progress progress() {
        return new Progress(requests, ok, failed, unknown);
    }

    /** Why something is missing; null if nothing is. */
    public synchronized RuntimeException failure() {
        return failure;
    }

    /**
     * So far.
     *
     * @param address where clients find the front
     * @param command what drives the load; empty if it comes from elsewhere
     */
    public synchronized FrontFacts facts(String address, List<String> command) {
        return new FrontFacts(
                FrontFacts.FORMAT,
                address,
                requests,
                abandoned,
                demands,
                replaced,
                taken,
                streams,
                streamsCut,
                Map.copyOf(closes),
                command);
    }
}
