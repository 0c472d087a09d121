package dev.midwrite.controller.plan;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where sessions are stored.
 *
 * @param kind {@code redis}, {@code jdbc}, {@code memcached}, {@code files}, {@code grid} or {@code none}; decides the
 *     audit
 * @param address {@code embedded} to have a real server started and stopped by the drill, else {@code host:port}, of a
 *     database its URL, of memcached one or more of them with commas, of files their directory; empty of a grid, which
 *     is where the nodes are
 * @param namespace Spring Session's, or the shape of a session's key with {@code {id}} in it, of a database the table, of a
 *     grid the map; without one the audit looks where nodes say that they keep sessions
 * @param database number of it; without one the audit looks in all
 * @param user with whose rights the audit reads; without one the store's default user
 * @param own what there is of a store of the drill's own
 * @param audited sessions are looked for in it; else the service keeps them elsewhere, and needs it for something else
 */
public record StoreSpec(
        String kind,
        String address,
        Optional<String> namespace,
        OptionalInt database,
        Optional<Secret> user,
        Optional<Secret> password,
        OwnStore own,
        boolean audited) {
    public static final String EMBEDDED = "embedded";
    public static final String JDBC = "jdbc";
    public static final String MEMCACHED = "memcached";
    public static final String FILES = "files";
    public static final String GRID = "grid";
    public static final String NONE = "none";

    /** With nothing to say of what is in it. */
    public StoreSpec(String kind, String address) {
        this(kind, address, Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** As it comes. */
    public StoreSpec(
            String kind,
            String address,
            Optional<String> namespace,
            OptionalInt database,
            Optional<Secret> user,
            Optional<Secret> password) {
        this(kind, address, namespace, database, user, password, OwnStore.PLAIN);
    }

    /** In which sessions are kept. */
    public StoreSpec(
            String kind,
            String address,
            Optional<String> namespace,
            OptionalInt database,
            Optional<Secret> user,
            Optional<Secret> password,
            OwnStore own) {
        this(kind, address, namespace, database, user, password, own, true);
    }

    /** A database behind JDBC. */
    public boolean jdbc() {
        return JDBC.equals(kind);
    }

    /** Servers that know nothing of each other. */
    public boolean memcached() {
        return MEMCACHED.equals(kind);
    }

    /** A directory of this machine. */
    public boolean files() {
        return FILES.equals(kind);
    }

    /** Maps of a data grid whose members or clients the nodes are. */
    public boolean grid() {
        return GRID.equals(kind);
    }

    /** Nobody looks where sessions are kept. */
    public boolean none() {
        return NONE.equals(kind);
    }

    public boolean embedded() {
        return EMBEDDED.equals(address);
    }
}
