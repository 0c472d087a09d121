package dev.midwrite.check;

import java.util.List;

/**
 * What an audit read from the store itself after quiescence.
 *
 * @param audited an audit was tried
 * @param places where it looked, such as {@code 127.0.0.1:6379/0 spring:session:sessions:{id}}
 * @param doubt why what it read says nothing of the sessions, a sentence; empty if it does
 * @param readAt when it had read all, on the users' clock
 * @param sessions in order of {@link StoredSession#idHash()}
 */
public record StoreContents(
        boolean audited,
        List<String> places,
        String doubt,
        long readAt,
        List<StoredSession> sessions,
        StoreIndexes indexes) {

    /** No audit ran. */
    public static final StoreContents NONE = new StoreContents(false, List.of(), "", 0, List.of(), StoreIndexes.NONE);

    public StoreContents with(List<StoredSession> others) {
        return new StoreContents(audited, places, doubt, readAt, others, indexes);
    }

    /** Read without any doubt, at the end of time 0. */
    public static StoreContents of(StoredSession... sessions) {
        return new StoreContents(true, List.of(), "", 0, List.of(sessions), StoreIndexes.NONE);
    }
}
