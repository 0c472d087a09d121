package dev.midwrite.agent.fault;

import dev.midwrite.event.Mix;

/**
 * The decision itself: a pure function of seed, injection, session label and ordinal. Threads, clocks and other sessions
 * cannot change it, so the same seed replays the same decisions.
 */
final class Decide {

    private Decide() {}

    /**
     * Why it does not fire; null if it does.
     *
     * @param label of the session; of one without a label, its hash
     * @param ordinal of this session's passages that the selector matched, from 1
     */
    static Reason heldBack(Injection injection, long label, long ordinal) {
        long counted = ordinal - injection.after();
        if (counted <= 0) {
            return Reason.AFTER;
        }
        if (counted % injection.every() != 0) {
            return Reason.EVERY;
        }
        if (injection.probability() >= 1) {
            return null;
        }
        long mixed = Mix.mix(Mix.mix(Mix.mix(injection.drawSeed(), injection.id()), label), ordinal);
        return fraction(mixed) < injection.probability() ? null : Reason.PROBABILITY;
    }

    /** Whether a session is in the share; the share of a larger number contains that of a smaller one. */
    static boolean inShare(long seed, long label, double share) {
        return share >= 1 || fraction(Mix.fmix64(seed ^ label)) < share;
    }

    /** The 64 bits as a fraction in [0, 1). */
    private static double fraction(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }
}
