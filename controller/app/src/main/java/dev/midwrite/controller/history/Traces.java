package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.TraceParent;
import dev.midwrite.event.UserOperation;
import java.util.Optional;

/**
 * To which trace a request belongs: as a node's journal says of the header that came, else as users of ours sent it.
 * Immutable.
 */
public final class Traces {
    private final Optional<TraceFacts> sent;
    private final JournalIndex journals;

    Traces(Optional<TraceFacts> sent, JournalIndex journals) {
        this.sent = sent;
        this.journals = journals;
    }

    /** What users of ours named; empty if they named none, or there were none. */
    public Optional<TraceFacts> sent() {
        return sent;
    }

    /** 32 hexadecimal digits; empty if the request named no trace, or nobody knows of it. */
    public Optional<String> of(UserOperation operation) {
        long request = operation.request();
        return journaled(request)
                .or(() -> sent.filter(facts -> request != 0)
                        .map(facts -> facts.ids().of(request, 0).traceId()));
    }

    private Optional<String> journaled(long request) {
        return journals.ofRequest(request).stream()
                .filter(Passage::requestBegins)
                .map(Entry::text)
                .filter(TraceParent::isTraceId)
                .findFirst();
    }
}
