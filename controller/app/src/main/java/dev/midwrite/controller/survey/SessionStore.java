package dev.midwrite.controller.survey;

/**
 * Where a service keeps its sessions, as far as can be seen.
 *
 * @param kind decides what a drill says of it
 * @param address {@code embedded} if the service takes whatever address it is given, else where it goes by itself; empty
 *     if that cannot be seen
 * @param words for people, such as {@code Redis, keys spring:session:sessions:{id}}
 */
public record SessionStore(Kind kind, String address, String words) {

    /** What can be told apart. */
    public enum Kind {
        REDIS,
        JDBC,
        /** Maps of a data grid that the nodes themselves are members or clients of. */
        GRID,
        /** In the node's own memory: nobody else has them. */
        MEMORY,
        /** The application has sessions of its own: neither they nor their store can be seen. */
        UNSEEN,
        /** Outside of the session objects, and nothing that a drill can start or audit. */
        OTHER
    }
}
