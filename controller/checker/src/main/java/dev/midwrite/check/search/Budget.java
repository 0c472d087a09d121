package dev.midwrite.check.search;

import java.time.Duration;

/**
 * What one key may cost. A search that needs more ends as unknown.
 *
 * @param time on the caller's thread
 * @param configurations how many alternatives are kept at once; one takes about 150 bytes, and 16 more for every 64
 *     operations that are open at the same time
 */
public record Budget(Duration time, int configurations) {
    /** Ten seconds and some 50 MB. */
    public static final Budget DEFAULT = new Budget(Duration.ofSeconds(10), 1 << 16);
}
