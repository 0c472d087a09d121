package dev.midwrite.check;

/**
 * How much must have been answered before a run may say pass; {@code docs/checks/README.md} says why these numbers.
 *
 * @param attempts fewer attempts than these say nothing of a share: a few that failed are bad luck
 * @param share of the attempts at anything (a kind of operation; a node before, during or after the faults), 0 to 1
 * @param answered so many answers each node, and each time before, during and after the faults, must have given
 */
public record MinimalTraffic(long attempts, double share, long answered) {

    /** Of a run. */
    public static final MinimalTraffic OF_A_RUN = new MinimalTraffic(20, 0.5, 10);

    /** Of a history that somebody else judges by its size. */
    public static final MinimalTraffic NONE = new MinimalTraffic(Long.MAX_VALUE, 0, 0);
}
