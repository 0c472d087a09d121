package dev.midwrite.controller.serve;

/**
 * What one observation says of a node's monotonic clock minus the controller's: nanoseconds, both bounds inclusive.
 *
 * @param at controller's clock when it was so
 */
public record ClockBound(long at, long lower, long upper) {
    /** Far beyond any offset, and small enough to be added to. */
    private static final long FAR = Long.MAX_VALUE / 4;

    /** It was at least this. */
    public static ClockBound atLeast(long at, long lower) {
        return new ClockBound(at, lower, FAR);
    }

    /** It was at most this. */
    public static ClockBound atMost(long at, long upper) {
        return new ClockBound(at, -FAR, upper);
    }

    /** A message left us not after {@code sent}, and the node's answer came not before {@code received}. */
    static ClockBound ofExchange(long sent, long node, long received) {
        return new ClockBound(sent + (received - sent) / 2, node - received, node - sent);
    }

    public long middle() {
        return lower + (upper - lower) / 2;
    }

    public long halfWidth() {
        return (upper - lower) / 2 + (upper - lower) % 2;
    }

    boolean bothSides() {
        return lower > -FAR / 2 && upper < FAR / 2;
    }
}
