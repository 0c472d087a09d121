package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.CookieFlaw;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Would a browser send back the cookies that come with a new session or a new id? Reported once per run and reason,
 * however many sessions it concerns; hard if any of them was then never found again. And does the id stand in the
 * cookie alone, or in addresses, too? Reported once per run.
 */
public final class CookieCheck {
    private static final int REDIRECT = 3;
    private static final Property PROPERTY = Property.COOKIE;

    private final Map<CookieFlaw, List<Gift>> gifts = new EnumMap<>(CookieFlaw.class);
    private final List<UserOperation> inUrl = new ArrayList<>();
    /** Answers with a new session or a new id, of which a cookie is asked. */
    private long asked;
    /** Steps of flows that were answered with another address. */
    private long redirects;

    /**
     * An answer with such a cookie.
     *
     * @param missed the first request afterwards that found no session; null if none was, or if one found it
     */
    private record Gift(UserOperation answer, UserOperation missed) {}

    /** @param sessions operations of one session each, in the order of their answers */
    public static void check(Trial trial, Collection<List<UserOperation>> sessions, Tally tally) {
        CookieCheck check = new CookieCheck();
        sessions.forEach(check::take);
        tally.checked(PROPERTY, check.asked + check.redirects);
        if (!check.inUrl.isEmpty()) {
            check.reportInUrl(trial, tally);
        }
        check.gifts.forEach((flaw, gifts) -> check.report(trial, flaw, gifts, tally));
    }

    private void take(List<UserOperation> session) {
        for (UserOperation answer : session) {
            boolean redirect = leadsOn(answer);
            if (answer.outcome() != Outcome.OK
                    || !(answer.kind().givesId() || redirect)
                    || answer.is(UserOperation.JOURNALED)) {
                continue;
            }
            asked += redirect ? 0 : 1;
            redirects += redirect ? 1 : 0;
            if (answer.is(UserOperation.IN_URL)) {
                inUrl.add(answer);
            }
            if (answer.is(UserOperation.UNRETURNED)) {
                gifts.computeIfAbsent(CookieFlaw.of((int) answer.second()), flaw -> new ArrayList<>())
                        .add(new Gift(answer, missed(session, answer)));
            }
        }
    }

    /** A step of a flow that was answered with another address: of a step the value is the status. */
    private static boolean leadsOn(UserOperation answer) {
        return answer.kind() == OperationKind.STEP && answer.value() / 100 == REDIRECT;
    }

    private static UserOperation missed(List<UserOperation> session, UserOperation answer) {
        UserOperation missed = null;
        for (UserOperation later : session) {
            if (later.invoked() < answer.returned() || later.kind().triesOldId() || later.outcome() == Outcome.INFO) {
                continue;
            }
            if (later.is(UserOperation.ABSENT)) {
                missed = missed == null ? later : missed;
            } else if (later.outcome() == Outcome.OK) {
                return null;
            }
        }
        return missed;
    }

    private void reportInUrl(Trial trial, Tally tally) {
        UserOperation answer = inUrl.get(0);
        tally.violated(
                new Violation(
                        Anomaly.ID_IN_URL,
                        Severities.of(Anomaly.ID_IN_URL, trial.profile(), false, true, trial.idempotencyKeys()),
                        answer.session(),
                        -1,
                        List.of(answer),
                        inUrl.size() + " of " + (asked + redirects)
                                + " answers with a new session, a new id or a redirect put the id into an address, as"
                                + " ;jsessionid does.",
                        "Because addresses are logged, shared and sent to other sites as where a visitor came from,"
                                + " whoever sees one has the session.",
                        answer.returned(),
                        0,
                        false),
                inUrl.size());
        tally.sessionViolated(EnumSet.of(Anomaly.ID_IN_URL));
    }

    private void report(Trial trial, CookieFlaw flaw, List<Gift> all, Tally tally) {
        List<Gift> lost = all.stream().filter(gift -> gift.missed() != null).toList();
        Gift shown = lost.isEmpty() ? all.get(0) : lost.get(0);
        UserOperation answer = shown.answer();
        boolean loses = !lost.isEmpty();
        tally.violated(
                new Violation(
                        Anomaly.COOKIE_NOT_RETURNED,
                        Severities.of(
                                Anomaly.COOKIE_NOT_RETURNED, trial.profile(), loses, true, trial.idempotencyKeys()),
                        answer.session(),
                        -1,
                        loses ? List.of(answer, shown.missed()) : List.of(answer),
                        all.size() + " of " + asked
                                + " answers with a new session or a new id set a cookie that a browser"
                                + " does not send back, because " + flaw.reason() + "; "
                                + (loses
                                        ? lost.size() + " of these sessions were never found again."
                                        : "the sessions were found again, so another cookie holds them."),
                        "Because a session is what its cookie names, a browser that does not send the cookie back has"
                                + " no session.",
                        answer.returned(),
                        0,
                        loses),
                all.size());
        tally.sessionViolated(EnumSet.of(Anomaly.COOKIE_NOT_RETURNED));
    }
}
