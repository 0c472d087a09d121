package dev.midwrite.controller.trace;

import dev.midwrite.check.fleet.Arrival;
import dev.midwrite.check.fleet.ReplicatedWrite;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Mix;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.UserOperation;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Spans of what nodes journaled of one request. Records of a node whose clock was never measured have no time, and no span. */
final class JournalSpans {
    private static final AttributeKey<Long> STEP = AttributeKey.longKey("midwrite.step");
    private static final AttributeKey<String> FAULT = AttributeKey.stringKey("midwrite.fault");

    private final TracedRun run;
    private final Map<Long, ReplicatedWrite> replicated = new HashMap<>();
    private final Map<String, Resource> nodes = new HashMap<>();

    JournalSpans(TracedRun run) {
        this.run = run;
        run.history()
                .replicatedWrites()
                .forEach(write -> replicated.put(write.operation().seq(), write));
    }

    /** An operation of a domain, or one message to another node, at one start of a node. */
    private record Key(long incarnation, long scope, String point, int step) {}

    static boolean isFault(Entry entry) {
        return entry.event().type() == EventType.FAULT;
    }

    /** @param sentBy from a record to the span of the attempt that it is of */
    List<SpanData> of(UserOperation operation, List<Entry> entries, Function<Entry, SpanContext> sentBy) {
        Map<Key, List<Entry>> passages = new LinkedHashMap<>();
        Map<Long, SpanContext> requests = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.event().type() == EventType.CONTENT || entry.error() == Long.MAX_VALUE) {
                continue;
            }
            passages.computeIfAbsent(key(entry), key -> new ArrayList<>()).add(entry);
        }
        Map<Long, List<Entry>> within = new HashMap<>();
        entries.forEach(entry -> within.computeIfAbsent(entry.event().scope(), scope -> new ArrayList<>())
                .add(entry));
        List<SpanData> spans = new ArrayList<>();
        passages.values().forEach(passage -> {
            Entry begin = passage.get(0);
            if (!begins(begin)) {
                return;
            }
            // A second attempt at the same node is served by a request of its own.
            boolean request = begin.kind() == PointKind.REQUEST;
            SpanContext parent = request ? null : requests.get(begin.incarnation());
            parent = parent == null ? sentBy.apply(begin) : parent;
            FinishedSpan span = span(operation, passage, parent);
            steps(span, within.get(begin.event().scope()), begin);
            if (request) {
                requests.put(begin.incarnation(), span.getSpanContext());
            }
            spans.add(span);
        });
        return spans;
    }

    private static Key key(Entry entry) {
        int step = entry.kind().isReplica() ? entry.event().step() : 0;
        return new Key(entry.incarnation(), entry.event().scope(), entry.point(), step);
    }

    private static boolean begins(Entry entry) {
        return entry.event().type() == EventType.OPERATION
                && entry.event().edge() == Edge.BEFORE
                && (entry.event().step() == 0 || entry.kind().isReplica());
    }

    private FinishedSpan span(UserOperation operation, List<Entry> passage, SpanContext parent) {
        Entry begin = passage.get(0);
        Entry end = passage.stream()
                .filter(entry -> entry.event().type() == EventType.OPERATION
                        && entry.event().edge() == Edge.AFTER)
                .reduce((one, other) -> other)
                .orElse(null);
        long until = end == null ? passage.get(passage.size() - 1).at() : end.at();
        FinishedSpan span = new FinishedSpan(
                        node(begin.node()),
                        begin.kind().label(),
                        FinishedSpan.context(parent.getTraceId(), spanId(operation, begin)),
                        parent,
                        run.at(begin.at()),
                        run.at(until))
                .with("midwrite.node", begin.node())
                .with("midwrite.point", begin.point())
                .with("midwrite.peer", begin.peer())
                .with(
                        "midwrite.session_hash",
                        begin.event().session() == 0
                                ? ""
                                : TracedRun.hex(begin.event().session()))
                .with("midwrite.journal_record", begin.event().seq())
                .with("midwrite.clock_error_ns", begin.error());
        // A response that is committed has a begin only.
        if (end == null) {
            return begin.kind() == PointKind.RESPONSE_COMMIT ? span : span.failed("its end is not in the journal");
        }
        return end.event().outcome() == Outcome.FAIL.code()
                ? span.failed(end.text().lines().findFirst().orElse("it failed"))
                : span;
    }

    private static String spanId(UserOperation operation, Entry begin) {
        long id = Mix.mix(
                Mix.mix(operation.request(), begin.incarnation()), begin.event().seq());
        return TracedRun.hex(id == 0 ? 1 : id);
    }

    /** What the operation asked its store, and what struck it. */
    private void steps(FinishedSpan span, List<Entry> scope, Entry begin) {
        for (Entry entry : scope) {
            if (entry.incarnation() != begin.incarnation() || entry.error() == Long.MAX_VALUE) {
                continue;
            }
            long at = run.at(entry.at());
            if (isFault(entry)) {
                String fault = FaultKind.of(entry.event().outcome()).label() + " at " + entry.point();
                span.event(at, "fault", Attributes.of(FAULT, fault, STEP, (long)
                        entry.event().step()));
            } else if (entry.event().type() == EventType.OPERATION
                    && entry.event().edge() == Edge.STEP) {
                span.event(at, "answered " + entry.text(), Attributes.of(STEP, (long)
                        entry.event().step()));
            } else if (entry.event().type() == EventType.OPERATION
                    && entry.event().step() > 0
                    && entry.event().edge() == Edge.BEFORE
                    && !entry.kind().isReplica()) {
                span.event(at, "sent " + entry.text(), Attributes.of(STEP, (long)
                        entry.event().step()));
            }
        }
    }

    /**
     * From when a node sent a write on until another one had it, as their journals say; none if nodes do not replicate.
     *
     * @param operation one attempt
     * @param entries of that attempt
     * @param parent the attempt's span
     */
    List<SpanData> replication(UserOperation operation, Stream<Entry> entries, SpanContext parent) {
        ReplicatedWrite write = replicated.get(operation.seq());
        if (write == null) {
            return List.of();
        }
        long sent = entries.filter(entry -> entry.kind() == PointKind.REPLICA_SEND && begins(entry))
                .filter(entry -> entry.error() != Long.MAX_VALUE)
                .mapToLong(Entry::at)
                .min()
                .orElse(operation.invoked());
        List<SpanData> spans = new ArrayList<>();
        for (ReplicatedWrite.Copy copy : write.copies()) {
            Arrival arrival = copy.arrival();
            boolean seen = arrival.latest() != Arrival.NEVER;
            long end = seen ? arrival.middle() : lastMoment();
            long id = Mix.mix(Mix.mix(operation.request(), copy.replica().hashCode()), -operation.attempt());
            FinishedSpan span = new FinishedSpan(
                            run.resource(),
                            "replicate to " + copy.replica(),
                            FinishedSpan.context(parent.getTraceId(), TracedRun.hex(id == 0 ? 1 : id)),
                            parent,
                            run.at(sent),
                            run.at(end))
                    .with("midwrite.node", write.node())
                    .with("midwrite.replica", copy.replica())
                    .with("midwrite.asked", copy.asked().name().toLowerCase(Locale.ROOT))
                    .with("midwrite.confirmed_before_answer", copy.confirmedFirst());
            if (seen) {
                span.with("midwrite.clock_error_ns", (arrival.latest() - arrival.earliest()) / 2);
            } else {
                span.failed(arrival.never() ? "it never arrived" : "nobody knows whether it arrived");
            }
            spans.add(span);
        }
        return spans;
    }

    private long lastMoment() {
        return run.history().facts().course().settledAt();
    }

    private Resource node(String name) {
        return nodes.computeIfAbsent(
                name,
                each -> run.resource()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.instance.id"), each))));
    }
}
