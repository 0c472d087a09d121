package dev.midwrite.controller.history;

import java.util.Map;

/**
 * What the store said of itself at one moment.
 *
 * @param at nanoseconds on the users' clock
 * @param up it answered
 * @param fields as Redis' INFO and CONFIG name them, but for {@link #KEYS}, {@link #FLUSHES} and {@link #OUT_OF_MEMORY};
 *     what it does not tell is missing
 */
public record StoreSample(long at, boolean up, Map<String, String> fields) {
    /** How many keys there are in all databases. */
    public static final String KEYS = "keys";
    /** How often all keys were deleted. */
    public static final String FLUSHES = "flushes";
    /** How many commands were rejected for want of memory. */
    public static final String OUT_OF_MEMORY = "rejected_for_memory";
    /** How many of its servers answer, such as {@code 1 of 2}; only of a store that has several on equal terms. */
    public static final String SERVERS = "servers";

    /** Of a store that does not answer. */
    public static StoreSample down(long at) {
        return new StoreSample(at, false, Map.of());
    }

    public String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** 0 if it is missing or no number. */
    long number(String field) {
        try {
            return Long.parseLong(text(field));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
