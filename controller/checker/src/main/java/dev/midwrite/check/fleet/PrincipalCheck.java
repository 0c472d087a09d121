package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Does the list of a user's sessions name those that live, and no others? Each anomaly is reported once per run, with how
 * often it was seen: what is wrong with an index is wrong with it and not with a session.
 */
public final class PrincipalCheck {
    private static final Property PROPERTY = Property.PRINCIPAL;

    private final Trial trial;
    private final Tally tally;
    private final Map<Long, LoggedIn> byNonce = new HashMap<>();
    private final Map<Long, List<LoggedIn>> byName = new HashMap<>();
    private final List<UserOperation> lists = new ArrayList<>();
    private final Map<Anomaly, List<Seen>> seen = new EnumMap<>(Anomaly.class);
    private long checked;

    /** One list that cannot be. */
    private record Seen(UserOperation list, List<UserOperation> witness, String what, String why) {}

    private PrincipalCheck(Trial trial, Tally tally) {
        this.trial = trial;
        this.tally = tally;
    }

    /** @param sessions operations of one session each */
    public static void check(Trial trial, Collection<List<UserOperation>> sessions, Tally tally) {
        PrincipalCheck check = new PrincipalCheck(trial, tally);
        sessions.forEach(check::take);
        check.lists.forEach(check::judge);
        tally.checked(PROPERTY, check.checked);
        check.seen.forEach(check::report);
    }

    private void take(List<UserOperation> session) {
        LoggedIn loggedIn = LoggedIn.of(session, trial);
        if (loggedIn.nonce() != 0) {
            byNonce.put(loggedIn.nonce(), loggedIn);
        }
        loggedIn.names()
                .forEach(name -> byName.computeIfAbsent(name, unknown -> new ArrayList<>())
                        .add(loggedIn));
        session.stream()
                .filter(operation ->
                        operation.kind() == OperationKind.LIST_SESSIONS || operation.kind() == OperationKind.END_OTHERS)
                .filter(operation -> operation.outcome() == Outcome.OK
                        && operation.is(UserOperation.WHOLE)
                        && !operation.is(UserOperation.ABSENT)
                        && operation.value() > 0)
                .forEach(lists::add);
    }

    private void judge(UserOperation list) {
        checked++;
        long[] shown = list.payload();
        for (long nonce : shown) {
            LoggedIn session = byNonce.get(nonce);
            if (session == null || !session.names().contains(list.value())) {
                foreign(list, session);
            } else {
                session.endedBefore(list).ifPresent(end -> ended(list, end));
            }
        }
        for (LoggedIn session : byName.getOrDefault(list.value(), List.of())) {
            boolean itself = session.label() == list.session();
            if (LongStream.of(shown).anyMatch(nonce -> nonce == session.nonce())
                    || (itself && list.kind() == OperationKind.END_OTHERS)) {
                continue;
            }
            session.aliveDuring(list).ifPresent(login -> missing(list, login));
        }
    }

    private void foreign(UserOperation list, LoggedIn session) {
        String whose = session == null
                ? "that no user has made, or that has lost its content"
                : "whose user has never logged in by that name";
        add(
                Anomaly.FOREIGN_SESSION_LISTED,
                list,
                List.of(list),
                node(list) + " listed a session " + whose + " among those of a user's name.",
                "Because a user who sees the list can end what is in it, nobody else's session may be there.");
    }

    private void ended(UserOperation list, UserOperation end) {
        add(
                Anomaly.ENDED_SESSION_LISTED,
                list,
                List.of(end, list),
                node(list) + " listed a session of a user's name " + time(list.invoked() - end.returned()) + " after "
                        + node(end) + " had acknowledged its end.",
                "Because its end was acknowledged before the list was asked for, it is no session any more, and whatever"
                        + " names it is left over; with every logout there will be one more.");
    }

    private void missing(UserOperation list, UserOperation login) {
        add(
                Anomaly.SESSION_NOT_LISTED,
                list,
                List.of(login, list),
                node(list) + " did not list a live session of a user's name, " + time(list.invoked() - login.returned())
                        + " after " + node(login) + " had acknowledged that its user logged in by that name.",
                "Because it was there all the time and nobody had ended it, a user who looks for it, or who ends all"
                        + " other sessions after a theft, must find it.");
    }

    private void add(Anomaly anomaly, UserOperation list, List<UserOperation> witness, String what, String why) {
        seen.computeIfAbsent(anomaly, first -> new ArrayList<>()).add(new Seen(list, witness, what, why));
    }

    /** The one to show is the worst: what is still so in the end, where one node knew all of it. */
    private void report(Anomaly anomaly, List<Seen> all) {
        boolean lasting = all.stream().anyMatch(each -> each.list().is(UserOperation.FINAL));
        boolean sameNode = all.stream().anyMatch(PrincipalCheck::sameNode);
        Seen shown = all.stream()
                .filter(each -> lasting ? each.list().is(UserOperation.FINAL) : !sameNode || sameNode(each))
                .findFirst()
                .orElse(all.get(0));
        long lists = all.stream().map(Seen::list).distinct().count();
        tally.violated(
                new Violation(
                        anomaly,
                        Severities.of(anomaly, trial.profile(), lasting, sameNode, trial.idempotencyKeys()),
                        shown.list().session(),
                        -1,
                        shown.witness(),
                        shown.what() + " So it was in " + lists + " of " + checked + " lists.",
                        shown.why(),
                        shown.list().returned(),
                        0,
                        lasting),
                lists);
        tally.sessionViolated(EnumSet.of(anomaly));
    }

    private static boolean sameNode(Seen seen) {
        return seen.witness().stream()
                .allMatch(operation -> operation.node() == seen.list().node());
    }

    private String node(UserOperation operation) {
        int node = operation.node();
        return node > 0 && node < trial.nodes().size() ? trial.nodes().get(node) : "A node";
    }

    private static String time(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
