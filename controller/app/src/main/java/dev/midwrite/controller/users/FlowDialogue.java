package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Requests of the application's own. It has no nonce: that a session is another one shows when the application demands a
 * login, and what is missing in it shows as missing.
 */
final class FlowDialogue implements Dialogue {
    /** As the probe does, so that a long list does not make every read long. */
    private static final int LAST = 8;

    private static final long[] NOTHING = {};
    private static final int SERVER_ERROR = 500;
    /** Too slow, too early, too often: says nothing of who asks. */
    private static final Set<Integer> PUTS_OFF = Set.of(408, 425, 429);

    private final FlowSpec flow;
    private final List<LoginAnswer> login;

    FlowDialogue(FlowSpec flow, List<LoginAnswer> login) {
        this.flow = flow;
        this.login = login;
    }

    private FlowStep step(Call call) {
        return call.own().map(OwnCall::step).or(flow::alive).orElseThrow();
    }

    @Override
    public WireRequest ask(Attempt attempt) {
        Variables known = attempt.variables();
        Variables all = attempt.call().reads() ? known : known.with("write-id", WriteMark.of(attempt.identity()));
        return FlowRequest.of(step(attempt.call()), URI.create(attempt.node()), flow.headers(), all);
    }

    @Override
    public Answer answer(Attempt attempt, HttpResponse response, byte[] body, long invoked, long returned) {
        Call call = attempt.call();
        FlowStep step = step(call);
        if (body == null) {
            return Answer.indeterminate(invoked, response.getCode());
        }
        FlowReply reply = FlowReply.of(response, body);
        if (reply.demandsLogin(step, flow, login)) {
            return Answer.absent(call, invoked, returned, "").valued(reply.status());
        }
        if (call.kind() == OperationKind.PROBE_LOGGED_OUT) {
            return again(call, reply, step, attempt.cookies(), invoked, returned);
        }
        boolean strange = call.own()
                .flatMap(OwnCall::shows)
                .filter(where -> !reply.has(where))
                .isPresent();
        if (strange || reply.unexpected(step, attempt.cookies()).isPresent()) {
            return Answer.indeterminate(invoked, reply.status());
        }
        attempt.variables().put(reply.taken(step, attempt.cookies()));
        Shown shown = call.own()
                .flatMap(OwnCall::shows)
                .map(where -> shown(call, reply, where, attempt.cookies()))
                .orElse(Shown.of(attempt, reply.status()));
        return new Answer(
                Outcome.OK,
                invoked,
                returned,
                false,
                "",
                incarnation(attempt),
                shown.value(),
                shown.second(),
                shown.length(),
                shown.flags() | (reply.leadsToSession() ? UserOperation.IN_URL : 0),
                shown.payload());
    }

    /** The page is shown, or it is not: any other answer of the application will do, but for one that only puts it off. */
    private static Answer again(
            Call call, FlowReply reply, FlowStep step, BrowserCookies cookies, long invoked, long returned) {
        int status = reply.status();
        if (reply.unexpected(step, cookies).isEmpty()) {
            return new Answer(Outcome.OK, invoked, returned, false, "", 0, status, 0, 0, 0, NOTHING);
        }
        return status >= SERVER_ERROR || PUTS_OFF.contains(status)
                ? Answer.indeterminate(invoked, status)
                : Answer.absent(call, invoked, returned, "").valued(status);
    }

    /** Where there is no probe, the session that a label stands for is the only one that it can be. */
    private static long incarnation(Attempt attempt) {
        boolean create = attempt.call().kind() == OperationKind.CREATE;
        return create ? Mix.fmix64(attempt.session() ^ 0x4D57L) | 1 : attempt.incarnation();
    }

    /** What an answer shows, in the words of an operation. */
    private record Shown(long value, long second, int length, int flags, long[] payload) {

        /** Of an answer that shows nothing: it was taken. */
        static Shown of(Attempt attempt, int status) {
            return switch (attempt.call().kind()) {
                case WRITE -> new Shown(attempt.writeId(), 0, 0, 0, NOTHING);
                case APPEND, INCREMENT -> new Shown(0, 0, 0, UserOperation.BLIND, NOTHING);
                case STEP -> new Shown(status, 0, 0, 0, NOTHING);
                default -> new Shown(0, 0, 0, 0, NOTHING);
            };
        }
    }

    private static Shown shown(Call call, FlowReply reply, Extraction where, BrowserCookies cookies) {
        List<String> texts = reply.all(where, cookies);
        int garbage = texts.stream().anyMatch(WriteMark::cut) ? UserOperation.GARBAGE : 0;
        return switch (call.kind()) {
            case READ -> {
                long value = texts.stream()
                        .map(WriteMark::in)
                        .filter(OptionalLong::isPresent)
                        .mapToLong(OptionalLong::getAsLong)
                        .findFirst()
                        .orElse(0);
                yield new Shown(value, 0, 0, garbage, NOTHING);
            }
            case READ_LIST -> {
                long[] ids = texts.stream()
                        .map(WriteMark::in)
                        .filter(OptionalLong::isPresent)
                        .mapToLong(OptionalLong::getAsLong)
                        .toArray();
                long hash = 0;
                for (long id : ids) {
                    hash = Mix.mix(hash, id);
                }
                boolean whole = call.last() || ids.length <= LAST;
                long[] shown = whole ? ids : Arrays.copyOfRange(ids, ids.length - LAST, ids.length);
                yield new Shown(0, hash, ids.length, garbage | (whole ? UserOperation.WHOLE : 0), shown);
            }
            default -> number(texts);
        };
    }

    private static Shown number(List<String> texts) {
        String digits = texts.isEmpty() ? "" : texts.get(0).strip();
        boolean number = digits.matches("[0-9]{1,18}");
        return new Shown(
                number ? Long.parseLong(digits) : 0,
                0,
                0,
                number || digits.isEmpty() ? 0 : UserOperation.GARBAGE,
                NOTHING);
    }
}
