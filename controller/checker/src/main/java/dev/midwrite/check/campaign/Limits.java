package dev.midwrite.check.campaign;

/**
 * Least changes that matter; each is more than 0.
 *
 * @param score and {@code success} differences of shares
 * @param failover relative to the base
 */
public record Limits(double score, double failover, double success) {
    public static final Limits DEFAULT = new Limits(0.001, 0.1, 0.05);
}
