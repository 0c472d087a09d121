package dev.midwrite.controller.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;

/** A span of what is over: its ids and times are given, and do not come from a tracer. Not thread-safe until it is handed on. */
final class FinishedSpan implements SpanData {
    /** One object: exporters group spans by it. */
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.midwrite");

    /** As the SDK keeps by default; of more, only the number. */
    private static final int MOST = 128;

    private final Resource resource;
    private final String name;
    private final SpanContext context;
    private final SpanContext parent;
    private final long start;
    private final long end;
    private final AttributesBuilder attributes = Attributes.builder();
    private final List<EventData> events = new ArrayList<>();
    private final List<LinkData> links = new ArrayList<>();
    private SpanKind kind = SpanKind.INTERNAL;
    private StatusData status = StatusData.unset();
    private int allEvents;
    private int allLinks;

    /**
     * A span.
     *
     * @param parent invalid for none
     * @param start and {@code end} in nanoseconds since the epoch
     */
    FinishedSpan(Resource resource, String name, SpanContext context, SpanContext parent, long start, long end) {
        this.resource = resource;
        this.name = name;
        this.context = context;
        this.parent = parent;
        this.start = start;
        this.end = Math.max(start, end);
    }

    /** Of a trace and a span, in hexadecimal digits. */
    static SpanContext context(String trace, String span) {
        return SpanContext.create(trace, span, TraceFlags.getSampled(), TraceState.getDefault());
    }

    FinishedSpan kind(SpanKind of) {
        kind = of;
        return this;
    }

    FinishedSpan with(String key, String value) {
        if (!value.isEmpty()) {
            attributes.put(key, value);
        }
        return this;
    }

    FinishedSpan with(String key, long value) {
        attributes.put(key, value);
        return this;
    }

    FinishedSpan with(String key, boolean value) {
        attributes.put(key, value);
        return this;
    }

    FinishedSpan with(String key, List<String> values) {
        attributes.put(key, values.toArray(String[]::new));
        return this;
    }

    FinishedSpan failed(String why) {
        status = StatusData.create(io.opentelemetry.api.trace.StatusCode.ERROR, why);
        return this;
    }

    FinishedSpan event(long at, String title, Attributes what) {
        allEvents++;
        if (events.size() < MOST) {
            events.add(EventData.create(at, title, what));
        }
        return this;
    }

    FinishedSpan link(SpanContext to, Attributes what) {
        allLinks++;
        if (links.size() < MOST) {
            links.add(LinkData.create(to, what));
        }
        return this;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public SpanKind getKind() {
        return kind;
    }

    @Override
    public SpanContext getSpanContext() {
        return context;
    }

    @Override
    public SpanContext getParentSpanContext() {
        return parent;
    }

    @Override
    public StatusData getStatus() {
        return status;
    }

    @Override
    public long getStartEpochNanos() {
        return start;
    }

    @Override
    public Attributes getAttributes() {
        return attributes.build();
    }

    @Override
    public List<EventData> getEvents() {
        return List.copyOf(events);
    }

    @Override
    public List<LinkData> getLinks() {
        return List.copyOf(links);
    }

    @Override
    public long getEndEpochNanos() {
        return end;
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public int getTotalRecordedEvents() {
        return allEvents;
    }

    @Override
    public int getTotalRecordedLinks() {
        return allLinks;
    }

    @Override
    public int getTotalAttributeCount() {
        return getAttributes().size();
    }

    @Override
    @Deprecated
    public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create("dev.midwrite", null);
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    @Override
    public Resource getResource() {
        return resource;
    }
}
