package dev.midwrite.agent.effect;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.agent.scope.Phase;
import dev.midwrite.agent.scope.RequestScope;
import dev.midwrite.agent.scope.Scopes;
import dev.midwrite.agent.scope.ThreadScope;
import dev.midwrite.event.Edge;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.TraceParent;

/** Requests, their responses, and the phases of the process's end. Thread-safe. */
final class HostPassages {
    private static final int HEX_DIGITS = 16;

    private final Scopes scopes;
    private final Records records;
    private final Injector injector;

    private final Runnable hooksEnded;

    /** @param hooksEnded the host's last code has run */
    HostPassages(Scopes scopes, Records records, Injector injector, Runnable hooksEnded) {
        this.scopes = scopes;
        this.records = records;
        this.injector = injector;
        this.hooksEnded = hooksEnded;
    }

    /**
     * A request begins on this thread. One that begins within another that carries nothing is the same: where a container has
     * read the headers is not where it is done with the request.
     *
     * @param id request id and
     * @param label session label, 16 hex digits each; null if the request carries none
     * @param trace its {@link dev.midwrite.event.RequestHeaders#TRACE}; null likewise
     */
    Passage request(ThreadScope thread, Point point, Object self, String id, String label, String trace) {
        RequestScope around = thread.request;
        thread.request = new RequestScope(scopes.nextId(), hex(id), hex(label));
        thread.operation = null;
        thread.setting = false;
        thread.step = null;
        Passage passage = passage(thread, point);
        passage.withinUnnamed = around != null && around.id == 0 && around.label == 0;
        if (passage.request != 0 || passage.label != 0) { // Health checks and the like are nobody's session.
            records.request(passage, point, TraceParent.traceIn(trace));
            injector.at(passage, point, Edge.BEFORE, self);
        }
        return passage;
    }

    /** The answer's first byte is about to leave. */
    Passage commit(ThreadScope thread, Point point, Object self) {
        if (thread.request == null || (thread.request.id == 0 && thread.request.label == 0)) {
            return null;
        }
        Passage passage = passage(thread, point);
        records.edge(passage, point, Edge.BEFORE, Outcome.NONE, 0, "");
        injector.at(passage, point, Edge.BEFORE, self);
        return passage;
    }

    /**
     * A phase of the end begins.
     *
     * @param self where an exception's class is looked up; may be null
     * @param name which one, if its point does not say it; else null
     * @param status exit status as an Integer, or null
     */
    Phase phase(Point point, Object self, String name, Object status) {
        Phase phase = new Phase(point, name == null ? "" : name);
        phase.scope = scopes.nextId();
        records.phase(phase, Edge.BEFORE, Outcome.NONE, status instanceof Integer number ? number : 0, phase.command());
        injector.at(phase, point, Edge.BEFORE, self);
        return phase;
    }

    /** The client has gone. */
    void abandon(Passage passage) {
        if (passage.request != 0 || passage.label != 0) {
            records.edge(passage, passage.point, Edge.AFTER, Outcome.INFO, 0, "");
        }
    }

    Throwable exit(ThreadScope thread, Passage passage, Throwable thrown) {
        Throwable outcome = passage.error == null ? thrown : passage.error;
        if (passage instanceof Phase phase) {
            return exit(phase, outcome);
        }
        boolean isRequest = passage.point.role() == Role.REQUEST;
        RequestScope request = thread.request;
        if (request != null) {
            passage.session = request.session;
            passage.dirty = request.dirty;
        }
        if (isRequest && !passage.withinUnnamed) {
            thread.request = null;
        }
        if (passage.request == 0 && passage.label == 0) {
            return outcome;
        }
        records.edge(passage, passage.point, Edge.AFTER, Records.outcome(passage, outcome), 0, Records.names(outcome));
        if (outcome == null) {
            injector.at(passage, passage.point, Edge.AFTER, null);
            outcome = passage.error;
        }
        return outcome;
    }

    private Throwable exit(Phase phase, Throwable thrown) {
        Throwable outcome = thrown;
        // A name is of no use there, and exceptions are.
        records.phase(phase, Edge.AFTER, Records.outcome(phase, outcome), 0, Records.names(outcome));
        if (outcome == null && !phase.skip) {
            injector.at(phase, phase.point, Edge.AFTER, null);
            outcome = phase.error;
        }
        if (phase.point.role() == Role.LAST_PHASE) {
            hooksEnded.run();
        }
        return outcome;
    }

    private Passage passage(ThreadScope thread, Point point) {
        Passage passage = new Passage(point);
        passage.scope = point.role() == Role.REQUEST ? thread.request.serial : scopes.nextId();
        passage.defers = thread.defers;
        passage.in(thread.request);
        passage.session = thread.request.session;
        passage.dirty = thread.request.dirty;
        return passage;
    }

    /** 0 for what is no id of a user of ours. */
    private static long hex(String text) {
        if (text == null || text.length() != HEX_DIGITS) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
