package dev.midwrite.controller.trace;

import dev.midwrite.check.Judgement;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.NodeNames;
import dev.midwrite.controller.history.TraceFacts;
import dev.midwrite.controller.history.TraceIds;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.event.Mix;
import dev.midwrite.event.TraceParent;
import dev.midwrite.event.UserOperation;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * What all spans of a run are made from.
 *
 * @param ids as users sent them; if they sent none, made from the run's start, so that they are the same each time
 * @param resource of Midwrite
 * @param epoch of time 0 on the users' clock, nanoseconds since 1970
 * @param addresses of nodes by name, as far as they are known
 */
record TracedRun(
        History history,
        Drill drill,
        Judgement judgement,
        TraceIds ids,
        Resource resource,
        long epoch,
        Map<String, String> addresses) {
    private static final long NANOS = 1_000_000_000L;

    static TracedRun of(History history, Drill drill, Judgement judgement, Resource resource) {
        Instant started = Instant.parse(history.facts().origin().started());
        long epoch = started.getEpochSecond() * NANOS + started.getNano();
        return new TracedRun(
                history,
                drill,
                judgement,
                history.traces()
                        .sent()
                        .map(TraceFacts::ids)
                        .orElseGet(() ->
                                new TraceIds(Mix.mix(history.facts().origin().seed(), epoch))),
                resource,
                epoch,
                history.traces().sent().map(TraceFacts::addresses).orElse(Map.of()));
    }

    /** Nanoseconds since 1970 of a moment on the users' clock. */
    long at(long nanos) {
        return epoch + nanos;
    }

    /** The span of the request as a whole, for attempt 0, or of an attempt of it. */
    SpanContext request(UserOperation operation, int attempt) {
        TraceParent parent = ids.of(operation.request(), attempt);
        return FinishedSpan.context(history.traces().of(operation).orElse(parent.traceId()), parent.spanId());
    }

    /** Of the trace of the run: 0 for all of it, then its faults in their order, then its failovers. */
    SpanContext ofRun(int number) {
        TraceParent parent = ids.of(0, number);
        return FinishedSpan.context(ids.ofRun().traceId(), parent.spanId());
    }

    /** Name of the node that answered; empty if that is not known. */
    String node(UserOperation operation) {
        return NodeNames.of(operation, history.facts().fleet().nodes());
    }

    static String hex(long id) {
        return HexFormat.of().toHexDigits(id);
    }
}
