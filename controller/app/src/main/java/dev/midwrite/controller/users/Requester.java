package dev.midwrite.controller.users;

import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.event.UserOperation;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.cookie.CookieStore;

/**
 * Performs one logical request: attempts on one node after the other, each written to the history before the next
 * begins. All attempts share the request id; each that writes a value has a write id of its own. Thread-safe.
 */
final class Requester {
    private final UserSetting setting;
    private final Router router;
    private final UserClock clock;
    private final HistoryWriter history;
    private final RequestListener listener;
    private final ProbeClient client;

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

    /**
     * How a logical request ended.
     *
     * @param last answer of the last attempt
     * @param indeterminate some attempt may have taken effect, or may still
     */
    record Result(Answer last, boolean indeterminate) {}

    /** @param planned when the request was to be sent, on the users' clock */
    Result perform(UserIdentity user, UserSession session, Call call, long planned) {
        long request = user.next();
        int refusals = router.names().size() - 1;
        int retries = setting.users().retries();
        boolean indeterminate = false;
        for (int attempt = 1; ; attempt++) {
            Optional<Target> target = router.choose(session.home(), session.last(), session.label());
            if (target.isEmpty()) {
                long now = clock.now();
                Answer nobody = Answer.unsent(now, now, true);
                record(user, session, call, request, attempt, 0, 0, nobody, planned);
                return new Result(nobody, indeterminate);
            }
            Answer answer = attempt(user, session, call, request, attempt, target.get(), planned);
            session.sentTo(target.get().number());
            if (answer.outcome() == Outcome.INFO) {
                indeterminate = true;
                if (!call.repeatable() || retries-- == 0) {
                    return new Result(answer, true);
                }
            } else if (answer.ok() || answer.absent() || refusals-- == 0) {
                return new Result(answer, indeterminate);
            }
        }
    }

    /** Exactly one attempt on exactly this node. */
    Answer attempt(
            UserIdentity user, UserSession session, Call call, long request, int attempt, Target target, long planned) {
        long writeId = call.carriesValue() ? user.next() : 0;
        String value = call.carriesValue() ? ProbeValue.of(writeId) : "";
        CookieStore cookies = call.kind() == OperationKind.PROBE_OLD_ID ? session.oldCookies() : session.cookies();
        URI base = URI.create(target.address() + setting.probePath());
        Answer answer = client.send(base, call, request, session.label(), writeId, value, cookies);
        if (answer.refused()) {
            router.eject(target);
        }
        record(user, session, call, request, attempt, target.number(), writeId, answer, planned);
        if (answer.outcome() == Outcome.INFO) {
            user.renew();
        }
        return answer;
    }

    private void record(
            UserIdentity user,
            UserSession session,
            Call call,
            long request,
            int attempt,
            int asked,
            long writeId,
            Answer answer,
            long planned) {
        int named = router.number(answer.node());
        history.append(new UserOperation(
                call.kind(),
                0,
                session.label(),
                answer.ok() ? answer.incarnation() : session.incarnation(),
                answer.invoked(),
                answer.returned(),
                answer.ok() ? answer.value() : writeId,
                answer.second(),
                request,
                user.process(),
                named == 0 ? asked : named,
                call.attribute().ordinal(),
                answer.length(),
                attempt,
                answer.outcome(),
                answer.flags() | (call.last() ? UserOperation.FINAL : 0),
                answer.payload()));
        long ended = answer.outcome() == Outcome.INFO ? clock.now() : answer.returned();
        listener.request(call.kind(), answer.outcome(), ended - planned);
    }
}
