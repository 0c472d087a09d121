package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.RequestHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/**
 * The probe's operations: ok only with a 2xx that repeats the request id in header and body; fail only if no byte of the
 * request left this process, or the application says that it did nothing; info otherwise.
 */
final class ProbeDialogue implements Dialogue {
    private final FlowSpec flow;
    private final List<LoginAnswer> login;

    /**
     * @param login answers to a read that mean that the session is not there; any other that does not repeat the
     *     request's id is of unknown effect
     */
    ProbeDialogue(FlowSpec flow, List<LoginAnswer> login) {
        this.flow = flow;
        this.login = login;
    }

    @Override
    public WireRequest ask(Attempt attempt) {
        Call call = attempt.call();
        // A login made the session: what it holds must stay.
        boolean keep = call.kind() == OperationKind.CREATE && !flow.before().isEmpty();
        String operation = call.path(attempt.value()) + (keep ? "?keep=true" : "");
        ProbeRoot probe = attempt.probe();
        Map<String, String> headers = new HashMap<>(FlowRequest.common(flow.headers(), attempt.variables()));
        headers.putAll(probe.headers(call.method(), operation));
        return WireRequest.bare(probe.method(call.method()), probe.uri(operation), headers);
    }

    @Override
    public Answer answer(Attempt attempt, HttpResponse response, byte[] body, long invoked, long returned) {
        int status = response.getCode();
        Call call = attempt.call();
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        String target = location == null || location.getValue() == null ? "" : location.getValue();
        if (call.reads() && login.stream().anyMatch(answer -> answer.matches(status, target))) {
            return Answer.absent(call, invoked, returned, "");
        }
        Header echo = response.getFirstHeader(RequestHeaders.REQUEST);
        if (call.reads()
                && echo == null
                && body != null
                && FlowReply.of(response, body).isLoginPage(flow)) {
            return Answer.absent(call, invoked, returned, "");
        }
        String id = attempt.requestId();
        if (body == null
                || status / 100 != 2
                || echo == null
                || !echo.getValue().equals(id)) {
            return Answer.indeterminate(invoked, status);
        }
        Answer answer = ReplyReader.read(call, id, attempt.writeId(), body, invoked, returned);
        return answer.outcome() == Outcome.INFO ? Answer.indeterminate(invoked, status) : answer;
    }
}
