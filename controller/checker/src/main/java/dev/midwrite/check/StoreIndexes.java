package dev.midwrite.check;

import java.util.List;

/**
 * What lies in the store beside the sessions to find them by: indexes, and keys for their expiry.
 *
 * @param entries how many of them were looked at
 * @param dangling those that name a session that is gone
 */
public record StoreIndexes(long entries, List<Dangling> dangling) {
    public static final StoreIndexes NONE = new StoreIndexes(0, List.of());

    /**
     * An entry without its session.
     *
     * @param idHash keyed hash of the id that it names
     * @param lasting it will not go by itself
     */
    public record Dangling(long idHash, Kind kind, boolean lasting) {}

    /** Where such an entry lies. */
    public enum Kind {
        PRINCIPAL("the index of principals' names"),
        SESSION("the list of a session's indexes"),
        EXPIRY_KEY("the key whose end tells of the session's"),
        EXPIRATIONS("the list of sessions that expire");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }
}
