package dev.midwrite.controller.audit;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.JdbcDatabase;
import dev.midwrite.event.SessionHash;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Sessions in the two tables of Spring Session JDBC: rows of a session and rows of its attributes, read in one transaction.
 *
 * <p>A session that is over stays until somebody cleans up, once a minute by default. Thread-safe; every call has a connection
 * of its own.
 */
public final class JdbcAudit implements StoreAudit {
    private final JdbcDatabase database;
    private final String table;
    private final byte[] key;
    /** Keyed hashes of ids that lay there before. */
    private final Set<Long> before = new HashSet<>();

    /** @param key of {@link SessionHash} on all nodes */
    public JdbcAudit(JdbcDatabase database, StoreSpec spec, byte[] key) {
        this.database = database;
        this.table = spec.namespace().orElse(JdbcDatabase.TABLE);
        this.key = key.clone();
    }

    @Override
    public synchronized void begin() {
        SessionHash hash = new SessionHash(key);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT SESSION_ID FROM " + table)) {
            while (rows.next()) {
                before.add(hash.of(rows.getString(1).strip()));
            }
        } catch (SQLException e) {
            // The nodes may yet make the table. Whoever cannot read it later is told then.
            before.clear();
        }
    }

    @Override
    public synchronized StoreContents read(Collection<SessionLocation> reported, LongSupplier clock) {
        List<StoredSession> sessions = List.of();
        String doubt = "";
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            sessions = read(connection);
            connection.rollback();
        } catch (SQLException e) {
            doubt = "The store audit cannot read " + table + " at " + database + ": " + JdbcDatabase.reason(e) + ".";
        }
        return new StoreContents(
                true,
                List.of("rows of " + table + " at " + database),
                doubt,
                clock.getAsLong(),
                sessions,
                StoreIndexes.NONE);
    }

    private List<StoredSession> read(Connection connection) throws SQLException {
        Map<String, Set<String>> attributes = attributes(connection);
        SessionHash hash = new SessionHash(key);
        Map<Long, StoredSession> sessions = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT PRIMARY_ID, SESSION_ID, MAX_INACTIVE_INTERVAL, EXPIRY_TIME FROM " + table)) {
            long now = System.currentTimeMillis(); // A node wrote the time of its own clock.
            while (rows.next()) {
                long idHash = hash.of(rows.getString(2).strip());
                if (!before.contains(idHash)) {
                    Lifetime lifetime = new Lifetime(left(rows.getLong(4), now), Lifetime.ABSENT, rows.getLong(3));
                    Set<String> names = attributes.getOrDefault(rows.getString(1), Set.of());
                    sessions.put(
                            idHash,
                            new StoredSession(idHash, Layout.SPRING, lifetime, List.copyOf(names), List.of(), ""));
                }
            }
        }
        return new ArrayList<>(sessions.values());
    }

    /** One that never ends says so with the end of time. */
    private static long left(long expiry, long now) {
        return expiry == Long.MAX_VALUE ? Lifetime.NONE : Math.max(0, expiry - now);
    }

    /** Names, by the primary key of their session. */
    private Map<String, Set<String>> attributes(Connection connection) throws SQLException {
        Map<String, Set<String>> names = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT SESSION_PRIMARY_ID, ATTRIBUTE_NAME FROM " + table + "_ATTRIBUTES")) {
            while (rows.next()) {
                names.computeIfAbsent(rows.getString(1), id -> new TreeSet<>()).add(rows.getString(2));
            }
        }
        return names;
    }
}
