package dev.midwrite.controller.trace;

import dev.midwrite.check.Trial;
import dev.midwrite.controller.front.FrontHistory;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.controller.users.RequestMethod;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The trace of one request of a user: the request, its attempts, and what nodes' journals say of it. */
final class RequestSpans {
    private static final AttributeKey<String> FAULT = AttributeKey.stringKey("midwrite.fault");
    private static final AttributeKey<String> NODE = AttributeKey.stringKey("midwrite.node");
    private static final AttributeKey<String> SESSION = AttributeKey.stringKey("midwrite.session");

    private final TracedRun run;
    private final Map<Long, List<String>> findings;
    private final JournalSpans journals;

    /** @param findings ids of cards by the requests that are their evidence */
    RequestSpans(TracedRun run, Map<Long, List<String>> findings) {
        this.run = run;
        this.findings = findings;
        this.journals = new JournalSpans(run);
    }

    /** @param operations all that have one request's id */
    List<SpanData> of(List<UserOperation> operations) {
        List<UserOperation> ordered = operations.stream()
                .sorted(Comparator.comparingLong(UserOperation::seq))
                .toList();
        UserOperation first = ordered.get(0);
        List<UserOperation> attempts = ordered.stream()
                .filter(each -> each.session() == first.session() && each.kind() == first.kind())
                .toList();
        FinishedSpan whole = whole(first, attempts);
        ordered.stream().filter(each -> !attempts.contains(each)).forEach(other -> beside(whole, other));
        List<SpanData> spans = new ArrayList<>(List.of(whole));
        List<FinishedSpan> sent = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            UserOperation next = i + 1 < attempts.size() ? attempts.get(i + 1) : null;
            sent.add(attempt(attempts.get(i), next));
        }
        List<Entry> entries = run.history().journals().ofRequest(first.request());
        faults(entries, attempts, sent);
        spans.addAll(sent);
        spans.addAll(journals.of(
                first, entries, entry -> sent.get(attemptAt(entry, attempts)).getSpanContext()));
        for (int i = 0; i < attempts.size(); i++) {
            UserOperation each = attempts.get(i);
            Stream<Entry> its = entries.stream().filter(entry -> attempts.get(attemptAt(entry, attempts)) == each);
            spans.addAll(journals.replication(each, its, sent.get(i).getSpanContext()));
        }
        return spans;
    }

    private FinishedSpan whole(UserOperation first, List<UserOperation> attempts) {
        UserOperation last = attempts.get(attempts.size() - 1);
        FinishedSpan span = new FinishedSpan(
                        run.resource(),
                        title(first),
                        run.request(first, 0),
                        SpanContext.getInvalid(),
                        run.at(first.invoked()),
                        run.at(end(last, null)))
                .with("midwrite.drill", run.drill().name())
                .with("midwrite.operation", lower(first.kind()))
                .with("midwrite.attribute", attribute(first))
                .with("midwrite.session", TracedRun.hex(first.session()))
                .with("midwrite.request", TracedRun.hex(first.request()))
                .with("midwrite.attempts", attempts.size())
                .with("midwrite.outcome", lower(last.outcome()));
        List<String> cards = findings.getOrDefault(first.request(), List.of());
        if (!cards.isEmpty()) {
            span.with("midwrite.findings", cards);
        }
        if (first.is(UserOperation.FINAL)) {
            span.with("midwrite.final_read", true);
        }
        return bad(last).isEmpty() ? span : span.failed(bad(last));
    }

    /** @param next the attempt after it; null if there was none */
    private FinishedSpan attempt(UserOperation operation, UserOperation next) {
        String method = method(operation);
        String node = run.node(operation);
        FinishedSpan span = new FinishedSpan(
                        run.resource(),
                        method.isEmpty() ? "HTTP" : method,
                        run.request(operation, operation.attempt()),
                        run.request(operation, 0),
                        run.at(operation.invoked()),
                        run.at(end(operation, next)))
                .kind(SpanKind.CLIENT)
                .with("http.request.method", method)
                .with("midwrite.node", node)
                .with("midwrite.outcome", lower(operation.outcome()));
        String address = run.addresses().getOrDefault(node, "");
        if (!address.isEmpty()) {
            URI uri = URI.create(address);
            span.with("server.address", uri.getHost()).with("server.port", uri.getPort());
        }
        int status = status(operation);
        if (status != 0) {
            span.with("http.response.status_code", status);
        }
        if (operation.attempt() > 1) {
            span.with("http.request.resend_count", operation.attempt() - 1);
        }
        if (operation.returned() == UserOperation.NEVER) {
            span.with("midwrite.end_seen", false);
        }
        String bad = bad(operation);
        return bad.isEmpty()
                ? span
                : span.with("error.type", status >= 400 ? "" + status : "_OTHER")
                        .failed(bad);
    }

    /** When it was over for its user: what never ended was given up before the next attempt, or after the users' timeout. */
    private long end(UserOperation operation, UserOperation next) {
        if (operation.returned() != UserOperation.NEVER) {
            return operation.returned();
        }
        long given = operation.invoked() + run.history().facts().users().timeoutNanos();
        return next == null ? given : Math.min(given, next.invoked());
    }

    /** Each fault that struck the request, at the attempt that it struck, with a link to the fault's own span. */
    private void faults(List<Entry> entries, List<UserOperation> attempts, List<FinishedSpan> sent) {
        List<Trial.Fault> all = run.history().trial().faults();
        for (Entry entry : entries) {
            if (!JournalSpans.isFault(entry)) {
                continue;
            }
            FinishedSpan struck = sent.get(attemptAt(entry, attempts));
            Attributes what = Attributes.of(
                    FAULT, FaultKind.of(entry.event().outcome()).label() + " at " + entry.point(), NODE, entry.node());
            if (entry.error() != Long.MAX_VALUE) {
                struck.event(run.at(entry.at()), "fault", what);
            }
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).injection() == entry.event().injection()
                        && all.get(i).node().equals(entry.node())) {
                    struck.link(run.ofRun(i + 1), what);
                }
            }
        }
    }

    /** Which attempt a node's record is of: the last that was sent before; only one of several can be there. */
    private static int attemptAt(Entry entry, List<UserOperation> attempts) {
        int found = 0;
        for (int i = 1; i < attempts.size(); i++) {
            if (entry.error() != Long.MAX_VALUE && attempts.get(i).invoked() <= entry.at() + entry.error()) {
                found = i;
            }
        }
        return found;
    }

    /** Another session that the same request made or ended. */
    private void beside(FinishedSpan whole, UserOperation other) {
        whole.event(
                run.at(end(other, null)),
                lower(other.kind()) + " another session",
                Attributes.of(SESSION, TracedRun.hex(other.session())));
    }

    private boolean foreign() {
        return run.drill().users().foreign().isPresent();
    }

    private String method(UserOperation operation) {
        return foreign()
                ? FrontHistory.ATTRIBUTES.get(operation.attribute())
                : RequestMethod.of(operation, run.drill());
    }

    private String title(UserOperation operation) {
        if (foreign()) {
            return method(operation);
        }
        String attribute = attribute(operation);
        return switch (operation.kind()) {
            case CREATE -> "create session";
            case STEP -> attribute;
            default -> lower(operation.kind()) + (attribute.isEmpty() ? "" : " " + attribute);
        };
    }

    private String attribute(UserOperation operation) {
        List<String> names = run.history().trial().attributes();
        return operation.attribute() < names.size() ? names.get(operation.attribute()) : "";
    }

    /** 0 where the history does not know it: of a good answer of the probe it only knows that it was good. */
    private static int status(UserOperation operation) {
        boolean step = operation.kind() == OperationKind.STEP && operation.outcome() == Outcome.OK;
        return step ? (int) operation.value() : operation.status();
    }

    /** Empty if all is well. */
    private static String bad(UserOperation operation) {
        return switch (operation.outcome()) {
            case OK -> operation.is(UserOperation.ABSENT) ? "no such session" : "";
            case FAIL -> "not sent, or rejected";
            default ->
                "may have taken effect: " + (operation.status() == 0 ? "no answer" : "status " + operation.status());
        };
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
