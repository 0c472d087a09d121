package dev.midwrite.controller.trace;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Trial;
import dev.midwrite.controller.history.Failover;
import dev.midwrite.event.UserOperation;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The trace of the run: the drill, its faults and node actions, who was without service when a node ended, and what was found. */
final class CourseSpans {
    private static final AttributeKey<String> NODE = AttributeKey.stringKey("midwrite.node");
    private static final AttributeKey<String> SESSION = AttributeKey.stringKey("midwrite.session");
    private static final AttributeKey<String> FINDING = AttributeKey.stringKey("midwrite.finding");
    private static final AttributeKey<String> TITLE = AttributeKey.stringKey("midwrite.title");

    private final TracedRun run;
    private final Map<Long, UserOperation> byRequest = new HashMap<>();
    private final Map<Long, Map<Long, UserOperation>> bySession = new HashMap<>();
    private final long begin;
    private final long end;

    CourseSpans(TracedRun run, List<UserOperation> operations) {
        this.run = run;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (UserOperation operation : operations) {
            byRequest.putIfAbsent(operation.request(), operation);
            first = Math.min(first, operation.invoked());
            last = Math.max(
                    last, operation.returned() == UserOperation.NEVER ? operation.invoked() : operation.returned());
        }
        run.history().failovers().forEach(failover -> bySession.put(failover.session(), new HashMap<>()));
        operations.stream()
                .filter(operation -> bySession.containsKey(operation.session()))
                .forEach(operation -> bySession.get(operation.session()).put(operation.invoked(), operation));
        this.begin = first == Long.MAX_VALUE ? 0 : first;
        this.end = last == Long.MIN_VALUE ? 0 : last;
    }

    List<SpanData> spans() {
        List<SpanData> spans = new ArrayList<>();
        spans.add(whole());
        List<Trial.Fault> faults = run.history().trial().faults();
        for (int i = 0; i < faults.size(); i++) {
            spans.add(fault(faults.get(i), i + 1));
        }
        List<Failover> failovers = run.history().failovers();
        for (int i = 0; i < failovers.size(); i++) {
            spans.add(failover(failovers.get(i), faults.size() + 1 + i));
        }
        return spans;
    }

    private FinishedSpan whole() {
        FinishedSpan span = new FinishedSpan(
                        run.resource(),
                        "drill " + run.drill().name(),
                        run.ofRun(0),
                        SpanContext.getInvalid(),
                        run.at(begin),
                        run.at(end))
                .with("midwrite.drill", run.drill().name())
                .with("midwrite.seed", run.history().facts().origin().seed())
                .with("midwrite.profile", lower(run.drill().profile()))
                .with("midwrite.verdict", lower(run.judgement().verdict()))
                .with(
                        "midwrite.findings",
                        run.judgement().cards().stream().map(AnomalyCard::id).toList());
        run.history()
                .facts()
                .fleet()
                .nodeRuns()
                .exits()
                .forEach(exit -> span.event(
                        run.at(exit.at()),
                        exit.asked() ? "node stopped" : "node ended",
                        Attributes.of(NODE, exit.node())));
        for (AnomalyCard card : run.judgement().cards()) {
            Attributes what = Attributes.of(
                    FINDING, card.id(), TITLE, card.violation().anomaly().title());
            span.event(run.at(card.violation().at()), "finding", what);
            card.violation().witness().forEach(operation -> span.link(run.request(operation, 0), what));
        }
        return run.judgement().verdict().exitCode() == 1
                ? span.failed(run.judgement().sentence())
                : span;
    }

    private FinishedSpan fault(Trial.Fault fault, int number) {
        boolean ended = fault.to() != Long.MAX_VALUE;
        FinishedSpan span = new FinishedSpan(
                        run.resource(),
                        (fault.injection() == 0 ? "node action " : "fault ") + fault.name(),
                        run.ofRun(number),
                        run.ofRun(0),
                        run.at(fault.from()),
                        run.at(ended ? fault.to() : Math.max(end, fault.from())))
                .with("midwrite.node", fault.node())
                .with("midwrite.point", fault.point())
                .with("midwrite.injection", fault.injection())
                .with("midwrite.matched", fault.matched())
                .with("midwrite.applied", fault.applied());
        if (fault.injection() == 0) {
            return span;
        }
        for (Trial.Happening happening : fault.happened()) {
            UserOperation struck = byRequest.get(happening.request());
            Attributes what = Attributes.of(NODE, happening.node());
            span.event(run.at(happening.at()), "applied", what);
            if (struck != null && happening.request() != 0) {
                span.link(run.request(struck, 0), what);
            }
        }
        return span;
    }

    /** Of one user who sat on a node that ended: until the request with which service was back for good. */
    private FinishedSpan failover(Failover failover, int number) {
        boolean back = failover.until() != Failover.NEVER;
        FinishedSpan span = new FinishedSpan(
                        run.resource(),
                        "failover",
                        run.ofRun(number),
                        run.ofRun(0),
                        run.at(failover.from()),
                        run.at(back ? failover.until() : Math.max(end, failover.from())))
                .with("midwrite.node", failover.node())
                .with("midwrite.session", TracedRun.hex(failover.session()));
        if (!back) {
            return span.failed("service did not come back for this user");
        }
        UserOperation reconnection = bySession.get(failover.session()).get(failover.until());
        if (reconnection != null) {
            Attributes what =
                    Attributes.of(NODE, run.node(reconnection), SESSION, TracedRun.hex(reconnection.session()));
            span.event(run.at(failover.until()), "reconnection", what);
            span.link(run.request(reconnection, reconnection.attempt()), what);
        }
        return span;
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
