package dev.midwrite.controller.trace;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Trial;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.event.UserOperation;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All traces of a run that is over, from its merged history: the run's own, then those of the requests on cards, then of those
 * that faults struck, then all others, in the order in which they began. Not thread-safe.
 */
final class RunTraces {
    private final Map<Long, List<UserOperation>> byRequest;
    private final RequestSpans requests;
    private final CourseSpans course;
    private final Set<Long> order = new LinkedHashSet<>();

    /** Hears of one trace after the other. */
    interface Sink {
        /** @return whether it wants more */
        boolean take(List<SpanData> trace);
    }

    RunTraces(History history, Drill drill, Judgement judgement, Resource resource) {
        TracedRun run = TracedRun.of(history, drill, judgement, resource);
        List<UserOperation> sent = history.operations().stream()
                .filter(operation -> operation.request() != 0 && !operation.is(UserOperation.JOURNALED))
                .toList();
        this.byRequest = new LinkedHashMap<>();
        Map<Long, List<Long>> begun = new TreeMap<>();
        for (UserOperation operation : sent) {
            byRequest
                    .computeIfAbsent(operation.request(), request -> {
                        begun.computeIfAbsent(operation.invoked(), at -> new ArrayList<>())
                                .add(request);
                        return new ArrayList<>();
                    })
                    .add(operation);
        }
        Map<Long, List<String>> findings = new LinkedHashMap<>();
        for (AnomalyCard card : judgement.cards()) {
            card.violation()
                    .witness()
                    .forEach(operation -> findings.computeIfAbsent(operation.request(), request -> new ArrayList<>())
                            .add(card.id()));
        }
        this.requests = new RequestSpans(run, findings);
        this.course = new CourseSpans(run, sent);
        order.addAll(findings.keySet());
        history.trial().faults().stream()
                .flatMap(fault -> fault.happened().stream())
                .map(Trial.Happening::request)
                .forEach(order::add);
        begun.values().forEach(order::addAll);
        order.retainAll(byRequest.keySet());
    }

    /** Until somebody wants no more. */
    void each(Sink sink) {
        if (!sink.take(course.spans())) {
            return;
        }
        for (long request : order) {
            if (!sink.take(requests.of(byRequest.get(request)))) {
                return;
            }
        }
    }
}
