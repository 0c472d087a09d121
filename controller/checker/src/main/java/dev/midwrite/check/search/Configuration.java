package dev.midwrite.check.search;

/**
 * One way to have placed operations so far: the state it led to, and what is still open. An open operation that stands
 * in neither set has been placed.
 */
final class Configuration {
    final int state;
    /** Open operations that have to be placed before they return. */
    final long[] must;
    /** Open operations that may be placed or not: indeterminate ones, and those that an overwriting one hides. */
    final long[] may;
    /** The operation that took effect last, -1 if none. */
    final int last;
    /** The last operation took effect, but nothing has observed it yet: to overwrite it now would be no gain. */
    final boolean idle;

    Configuration(int state, long[] must, long[] may, int last, boolean idle) {
        this.state = state;
        this.must = must;
        this.may = may;
        this.last = last;
        this.idle = idle;
    }

    static Configuration first(int state, int words) {
        return new Configuration(state, new long[words], new long[words], -1, false);
    }

    Configuration copy(int newState) {
        return new Configuration(newState, must.clone(), may.clone(), last, false);
    }

    boolean must(int slot) {
        return (must[slot >> 6] & 1L << slot) != 0;
    }

    boolean may(int slot) {
        return (may[slot >> 6] & 1L << slot) != 0;
    }

    void clear(int slot) {
        must[slot >> 6] &= ~(1L << slot);
        may[slot >> 6] &= ~(1L << slot);
    }

    /**
     * Can this one do all that {@code other}, in the same or in the unseen state, can? An open operation that may be
     * placed is worth at least as much as one that must be, or has been. An observation that has been placed is worth
     * more than one that must be.
     */
    boolean covers(Configuration other, long[] observers) {
        for (int i = 0; i < must.length; i++) {
            long bound = ~may[i];
            if ((other.may[i] & bound) != 0) {
                return false;
            }
            if (((must[i] ^ other.must[i]) & bound & ~(observers[i] & ~must[i])) != 0) {
                return false;
            }
        }
        return true;
    }
}
