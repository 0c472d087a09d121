package dev.midwrite.agent.point;

import dev.midwrite.agent.point.Scopes.RequestScope;
import dev.midwrite.agent.point.Scopes.ThreadScope;
import dev.midwrite.event.Edge;
import dev.midwrite.event.Outcome;

/** Requests, their responses, and the JVM's end. Thread-safe. */
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
     * A request begins on this thread.
     *
     * @param id request id and
     * @param label session label, 16 hex digits each; null if the request carries none
     */
    Note request(ThreadScope thread, Object self, String id, String label) {
        thread.request = new RequestScope(scopes.nextId(), hex(id), hex(label));
        thread.operation = null;
        thread.setting = false;
        Note note = note(thread, Place.REQUEST);
        if (note.request != 0 || note.label != 0) { // Health checks and the like are nobody's session.
            records.edge(note, Place.REQUEST, Edge.BEFORE, Outcome.NONE, 0, "");
            injector.at(note, Place.REQUEST, Edge.BEFORE, self);
        }
        return note;
    }

    /** The answer's first byte is about to leave. */
    Note commit(ThreadScope thread, Object self) {
        if (thread.request == null || (thread.request.id == 0 && thread.request.label == 0)) {
            return null;
        }
        Note note = note(thread, Place.RESPONSE_COMMIT);
        records.edge(note, Place.RESPONSE_COMMIT, Edge.BEFORE, Outcome.NONE, 0, "");
        injector.at(note, Place.RESPONSE_COMMIT, Edge.BEFORE, self);
        return note;
    }

    /** @param status exit status as an Integer, or null */
    Note shutdown(Place place, String detail, Object status) {
        Note note = new Note(place, detail == null ? "" : detail);
        note.scope = scopes.nextId();
        records.phase(note, Edge.BEFORE, Outcome.NONE, status instanceof Integer number ? number : 0, note.detail);
        injector.at(note, place, Edge.BEFORE, null);
        return note;
    }

    Throwable exit(ThreadScope thread, Note note, Throwable thrown) {
        Throwable outcome = note.error == null ? thrown : note.error;
        if (note.place.inJdk()) {
            records.phase(note, Edge.AFTER, Records.outcome(note, outcome), 0, note.detail);
            if (note.place == Place.HOOKS_RUN) {
                hooksEnded.run();
            }
            return outcome;
        }
        boolean isRequest = note.place == Place.REQUEST;
        RequestScope request = thread.request;
        if (request != null) {
            note.session = request.session;
            note.dirty = request.dirty;
        }
        if (isRequest) {
            thread.request = null;
        }
        if (note.request == 0 && note.label == 0) {
            return outcome;
        }
        records.edge(note, note.place, Edge.AFTER, Records.outcome(note, outcome), 0, Records.names(outcome));
        if (outcome == null) {
            injector.at(note, note.place, Edge.AFTER, null);
            outcome = note.error;
        }
        return outcome;
    }

    private Note note(ThreadScope thread, Place place) {
        Note note = new Note(place, "");
        note.scope = place == Place.REQUEST ? thread.request.serial : scopes.nextId();
        note.in(thread.request);
        note.session = thread.request.session;
        note.dirty = thread.request.dirty;
        return note;
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
