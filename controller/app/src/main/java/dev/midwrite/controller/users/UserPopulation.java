package dev.midwrite.controller.users;

import dev.midwrite.controller.history.HistoryWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

/**
 * All users of a drill, in this JVM. Thread-safe.
 *
 * <p>The order of calls: {@link #start}, {@link #stopNew}, {@link #quiesce}, {@link #finalReads}, {@link #close}.
 */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class UserPopulation implements AutoCloseable {

    private UserPopulation() {}

    /**
     * Users start now and go on until {@link #quiesce}. At least one node should be up.
     *
     * @param history takes every attempt; stays open
     * @param meters gets {@code midwrite.users.requests} and {@code midwrite.users.latency}
     */
    public static UserPopulation start(
            UserSetting setting, Router router, UserClock clock, HistoryWriter history, MeterRegistry meters) {
        throw new UnsupportedOperationException();
    }

    /** No new users arrive from now on; those that are here go on. */
    public void stopNew() {
        throw new UnsupportedOperationException();
    }

    /**
     * No request is sent from now on; waits until those under way have ended.
     *
     * @return the moment on the users' clock at which none was under way
     * @throws dev.midwrite.controller.Problem if some have not ended in time, or users could not go on before
     */
    public long quiesce(Duration timeout) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Reads every session on every node that is up; an unanswered read is tried again until the time is over. */
    public FinalReads finalReads(Duration timeout) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Session labels of the failover probes: they only ask whether the session is alive, ten times a second. */
    public List<Long> probeSessions() {
        throw new UnsupportedOperationException();
    }

    /** Names of attributes by the numbers that operations carry. */
    public List<String> attributes() {
        throw new UnsupportedOperationException();
    }

    /** For progress: sessions created, requests by outcome so far. */
    public Progress progress() {
        throw new UnsupportedOperationException();
    }

    /** How far users are. */
    public record Progress(long sessions, long ok, long fail, long info) {}

    /** Stops at once whatever still runs. Idempotent. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
