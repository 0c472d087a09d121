package dev.midwrite.controller.history;

import dev.midwrite.check.Replacement;
import java.util.List;

/**
 * How one node ended that was asked to. Times are nanoseconds on the users' clock.
 *
 * @param order when it was asked, and when it had ended
 * @param phases of its JVM's end and of what its libraries journal of theirs, in order of their begin
 * @param hooks the shutdown hooks that ran, by the names of their threads, in order of their begin
 * @param saves of sessions that began after the signal, in order of their begin
 * @param flights attempts of users on this node that were under way at some moment between its removal and its end
 * @param clockErrorNanos half-width of the interval in which the times of phases and saves lie
 */
public record NodeShutdown(
        Replacement order,
        List<Stretch> phases,
        List<Stretch> hooks,
        List<Stretch> saves,
        List<Flight> flights,
        long clockErrorNanos) {

    /**
     * Something that takes its time.
     *
     * @param name of a hook's thread; or of its point, such as {@code jvm.Shutdown.halt}, and of what it is of those that pass there
     * @param to {@link #NEVER} if the journal knows of no end
     * @param error names of exceptions, if it failed; else empty
     */
    public record Stretch(String name, long from, long to, String error) {}

    /**
     * An attempt from its first byte to its answer.
     *
     * @param to {@link #NEVER} if no answer came
     */
    public record Flight(long from, long to) {}

    /** No end is known. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How many attempts were under way then; those without an answer until the process ended. */
    public long inFlight(long at) {
        return flights.stream()
                .filter(flight -> flight.from() <= at && at < Math.min(flight.to(), order.endedAt()))
                .count();
    }
}
