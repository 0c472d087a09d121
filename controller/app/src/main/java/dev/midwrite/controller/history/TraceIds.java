package dev.midwrite.controller.history;

import dev.midwrite.event.Mix;
import dev.midwrite.event.TraceParent;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which trace each request of a run belongs to: a function of the request's id, so that nothing needs to be kept of it. A
 * trace is one request of a user with all its attempts. All traces of a run begin with the same 16 digits; the others are
 * spread evenly, as samplers want them.
 *
 * @param run first half of the traces' ids; another in each run, whatever its seed
 */
public record TraceIds(long run) {
    /** No request of a user has it. */
    private static final long WHOLE_RUN = 0;

    /** Of a run that begins. */
    public static TraceIds fresh() {
        return new TraceIds(notZero(ThreadLocalRandom.current().nextLong()));
    }

    /** @param attempt from 1; 0 for the request as a whole */
    public TraceParent of(long request, int attempt) {
        long low = Mix.mix(run, request);
        return new TraceParent(run, low, notZero(Mix.mix(low, attempt)));
    }

    /** The trace of the run itself. */
    public TraceParent ofRun() {
        return of(WHOLE_RUN, 0);
    }

    private static long notZero(long id) {
        return id == 0 ? 1 : id;
    }
}
