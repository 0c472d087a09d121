package dev.midwrite.check.fleet;

/**
 * When another node had a change: between two moments, nanoseconds on the users' clock. What two nodes' clocks leave open, and
 * what a journal without its end leaves open, makes it wide.
 *
 * @param earliest {@link #NEVER} if it certainly never had it
 * @param latest {@link #NEVER} if it may never have had it
 */
public record Arrival(long earliest, long latest) {
    public static final long NEVER = Long.MAX_VALUE;

    /** It never had it. */
    public static final Arrival NONE = new Arrival(NEVER, NEVER);

    /** Read from a clock that is off by no more than {@code error}; {@link Long#MAX_VALUE} if nobody knows by how much. */
    public static Arrival at(long moment, long error) {
        return error == Long.MAX_VALUE
                ? new Arrival(Long.MIN_VALUE, NEVER)
                : new Arrival(moment - error, moment + error);
    }

    /** At some time from then on, or never. */
    public static Arrival openFrom(long moment) {
        return new Arrival(moment, NEVER);
    }

    public boolean never() {
        return earliest == NEVER;
    }

    /** Nobody knows whether it ever had it. */
    public boolean open() {
        return latest == NEVER && earliest != NEVER;
    }

    /** The first of two. */
    public Arrival or(Arrival other) {
        return new Arrival(Math.min(earliest, other.earliest), Math.min(latest, other.latest));
    }

    /** One of two, and nobody knows which. */
    public Arrival either(Arrival other) {
        return new Arrival(Math.min(earliest, other.earliest), Math.max(latest, other.latest));
    }

    /** The middle, to be shown. {@link #NEVER} if there is none. */
    public long middle() {
        return latest == NEVER ? NEVER : earliest + (latest - earliest) / 2;
    }
}
