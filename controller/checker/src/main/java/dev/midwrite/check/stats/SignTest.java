package dev.midwrite.check.stats;

/**
 * The exact paired sign test; of pairs of successes and failures it is McNemar's exact test. Pairs that do not differ say
 * nothing of which is worse; of those that do, chance alone makes each one worse or better with the same probability.
 */
final class SignTest {
    private SignTest() {}

    /**
     * How probable it is that chance alone makes so many pairs worse.
     *
     * @param least and {@code most} candidate minus base, one per pair; different where it is not known. Then it counts as
     *     better, if it may be
     * @return one-sided, 0 to 1; 1 if no pair differs
     */
    static double worse(double[] least, double[] most) {
        int worse = 0;
        int better = 0;
        for (int i = 0; i < least.length; i++) {
            worse += most[i] < 0 ? 1 : 0;
            better += most[i] > 0 ? 1 : 0;
        }
        return atLeast(worse, worse + better);
    }

    /** Of so many fair coins, at least these show heads. */
    private static double atLeast(int heads, int coins) {
        double probability = 0;
        double ways = 1; // of choosing k coins
        for (int k = coins; k >= heads; k--) {
            probability += ways;
            ways = ways * k / (coins - k + 1);
        }
        return Math.min(1, probability * Math.pow(0.5, coins));
    }
}
