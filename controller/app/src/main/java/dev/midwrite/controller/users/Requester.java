package dev.midwrite.controller.users;

import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Performs logical requests: attempts on one node after the other, each written to the history before the next begins.
 * All attempts share the request id; each that writes a value has a write id of its own. Never waits. Thread-safe.
 */
final class Requester {
    private final UserSetting setting;
    private final Router router;
    private final UserClock clock;
    private final HistoryWriter history;
    private final RequestListener listener;
    private final ProbeClient client;
    private final Latency latency = new Latency();

    Requester(
            UserSetting setting,
            Router router,
            UserClock clock,
            HistoryWriter history,
            RequestListener listener,
            ProbeClient client) {
        this.setting = setting;
        this.router = router;
        this.clock = clock;
        this.history = history;
        this.listener = listener;
        this.client = client;
    }

    /** Of all logical requests so far. */
    Latency latency() {
        return latency;
    }

    /**
     * How a logical request ended.
     *
     * @param last answer of the last attempt
     * @param indeterminate some attempt may have taken effect, or may still
     */
    record Result(Answer last, boolean indeterminate) {}

    /**
     * One logical request.
     *
     * @param id that all its attempts share
     * @param planned when it was to be sent, on the users' clock: latency counts from here
     */
    record Request(UserIdentity user, UserSession session, Call call, long id, long planned) {}

    /** On the users' clock. */
    long now() {
        return clock.now();
    }

    /** What a user has before the first answer. */
    BrowserCookies noCookies() {
        return BrowserCookies.of(setting.users());
    }

    /**
     * Attempts until one is answered, or no other makes sense.
     *
     * @param due when it could have been sent, as its user had nothing else under way
     */
    CompletableFuture<Result> perform(Request request, long due) {
        return new Attempts(request).next(due);
    }

    private final class Attempts {
        private final Request request;
        private int number;
        private int refusals = router.names().size() - 1;
        private int retries = setting.users().retries();
        private boolean indeterminate;

        Attempts(Request request) {
            this.request = request;
        }

        CompletableFuture<Result> next(long due) {
            number++;
            UserSession session = request.session();
            Optional<Target> target = router.choose(session.home(), session.last(), session.label());
            if (target.isEmpty()) {
                return ended(unsent(request, number, 0));
            }
            long deadline = clock.now() + setting.users().timeout().toNanos();
            return attempt(request, number, target.get(), due, deadline).thenCompose(answer -> {
                session.sentTo(target.get().number());
                indeterminate |= answer.outcome() == Outcome.INFO;
                return goesOn(answer) ? next(clock.now()) : ended(answer);
            });
        }

        private CompletableFuture<Result> ended(Answer last) {
            Result result = new Result(last, indeterminate);
            latency.ended(result, request.planned());
            return CompletableFuture.completedFuture(result);
        }

        private boolean goesOn(Answer answer) {
            if (answer.outcome() == Outcome.INFO) {
                return request.call().repeatable() && retries-- > 0;
            }
            return !answer.ok() && !answer.absent() && refusals-- > 0;
        }
    }

    /**
     * Exactly one attempt on exactly this node.
     *
     * @param due when it could have been sent, and {@code deadline} when it is given up, on the users' clock
     */
    CompletableFuture<Answer> attempt(Request request, int number, Target target, long due, long deadline) {
        Call call = request.call();
        UserSession session = request.session();
        long writeId = call.logsIn()
                ? session.principal().number()
                : call.carriesValue() ? request.user().next() : 0;
        BrowserCookies cookies = call.kind().triesOldId() ? session.oldCookies() : session.cookies();
        ProbeRoot probe = setting.probe().at(target.address());
        Attempt attempt = new Attempt(
                probe,
                target.address().toString(),
                call,
                request.id(),
                session.label(),
                writeId,
                session.incarnation(),
                cookies,
                session.variables(),
                setting.traces()
                        .map(ids -> ids.of(request.id(), number).header())
                        .orElse(""),
                due,
                deadline);
        return client.send(attempt).thenApply(answer -> {
            if (answer.refused()) {
                router.eject(target);
            }
            record(request, number, target.number(), writeId, answer);
            if (answer.outcome() == Outcome.INFO) {
                request.user().renew();
            }
            return answer;
        });
    }

    /** An attempt that nobody could be asked, or not in time: a failure without a value. */
    Answer unsent(Request request, int number, int node) {
        long now = clock.now();
        Answer nobody = Answer.unsent(now, now, true);
        record(request, number, node, 0, nobody);
        return nobody;
    }

    /** Another session that an answer to this request made in the place of its own: told as a login of its own. */
    void madeAnother(Request request, UserSession other, Answer answer) {
        Call create = Call.CREATE;
        int named = router.number(answer.node());
        history.append(UserOperation.of(create.kind(), other.label())
                .incarnation(answer.second())
                .between(answer.returned(), answer.returned())
                // A request that no node journals would make the node's journal prove nothing.
                .request(request.id(), 1)
                .process(request.user().process())
                .node(named == 0 ? request.session().last() : named)
                .attribute(create.attribute().ordinal())
                .build());
    }

    /** Another session that this request ended, or may have: told there as a logout. */
    void endedAnother(Request request, UserSession other, Answer answer) {
        history.append(UserOperation.of(Call.LOGOUT.kind(), other.label())
                .incarnation(other.incarnation())
                .between(answer.invoked(), answer.returned())
                .request(request.id(), 1)
                .process(request.user().process())
                .node(request.session().last())
                .attribute(Call.LOGOUT.attribute().ordinal())
                .outcome(answer.outcome())
                .build());
    }

    private void record(Request request, int number, int asked, long writeId, Answer answer) {
        Call call = request.call();
        int named = router.number(answer.node());
        history.append(UserOperation.of(call.kind(), request.session().label())
                .incarnation(
                        answer.ok() ? answer.incarnation() : request.session().incarnation())
                .between(answer.invoked(), answer.returned())
                .value(answer.ok() ? answer.value() : writeId)
                .second(answer.second())
                .request(request.id(), number)
                .process(request.user().process())
                .node(named == 0 ? asked : named)
                .attribute(call.number())
                .length(answer.length())
                .outcome(answer.outcome())
                .flags(answer.flags() | (call.last() ? UserOperation.FINAL : 0))
                .payload(answer.payload())
                .build());
        long ended = answer.outcome() == Outcome.INFO ? clock.now() : answer.returned();
        int status = answer.outcome() == Outcome.INFO
                ? answer.length()
                : answer.ok() || answer.absent() ? RequestListener.APPLICATION : 0;
        listener.request(call.kind(), answer.outcome(), asked, status, ended - request.planned());
    }
}
