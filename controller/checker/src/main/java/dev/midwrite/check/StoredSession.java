package dev.midwrite.check;

import java.util.HexFormat;
import java.util.List;

/**
 * One session as it lies in the store after quiescence.
 *
 * @param idHash keyed hash of its id
 * @param fields names of what is stored
 * @param missing mandatory names that are not; always empty for {@link Layout#OTHER}, of which nobody knows any
 * @param cause what the journals say about it, such as the fault that left it so; empty if nothing
 */
public record StoredSession(
        long idHash, Layout layout, Lifetime lifetime, List<String> fields, List<String> missing, String cause) {

    /** What is known of how the application lays its sessions in the store. */
    public enum Layout {
        /** A hash or a row of Spring Session, or what a container's own store has: it holds the session for exactly its time. */
        SPRING,
        /** The same beside keys of their own for expiry and index; it stays five minutes longer. */
        SPRING_INDEXED,
        /** A key with a session's id in it: when it ends can be seen, what is in it cannot be judged. */
        OTHER
    }

    /**
     * When it ends.
     *
     * @param ttlMillis time to live, {@link #NONE} if it stays for ever
     * @param shadowMillis the same of the key whose end tells a {@link Layout#SPRING_INDEXED} repository that the session
     *     is over; {@link #ABSENT} if there is no such key
     * @param intervalSeconds maximum inactive interval as the session itself says, negative for a session that never ends;
     *     {@link #UNREADABLE} if it does not say
     */
    public record Lifetime(long ttlMillis, long shadowMillis, long intervalSeconds) {
        public static final long NONE = -1;
        public static final long ABSENT = -2;
        public static final long UNREADABLE = Long.MIN_VALUE;

        /** Of a key alone. */
        public static Lifetime of(long ttlMillis) {
            return new Lifetime(ttlMillis, ABSENT, UNREADABLE);
        }
    }

    /** As journals and reports print it: 16 hexadecimal digits. */
    public static String name(long idHash) {
        return HexFormat.of().toHexDigits(idHash);
    }

    public StoredSession withCause(String sentence) {
        return new StoredSession(idHash, layout, lifetime, fields, missing, sentence);
    }
}
