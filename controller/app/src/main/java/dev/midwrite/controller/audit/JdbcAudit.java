package dev.midwrite.controller.audit;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.JdbcDatabase;
import dev.midwrite.event.SessionHash;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Sessions in tables of a database: the two of Spring Session JDBC, that of Tomcat's {@code DataSourceStore}, that of Jetty's
 * {@code JDBCSessionDataStore}. Which of them a table is, its columns tell. All is read in one transaction.
 *
 * <p>A session that is over stays until somebody cleans up: Spring Session once a minute by default, Tomcat likewise, Jetty every
 * ten minutes. Thread-safe; every call has a connection of its own.
 */
public final class JdbcAudit implements StoreAudit {
    private final JdbcDatabase database;
    /** That the drill names, or those that there may be. */
    private final List<String> tables;

    private final boolean named;
    private final byte[] key;
    /** Keyed hashes of ids that lay there before. */
    private final Set<Long> before = new HashSet<>();

    /** @param key of {@link SessionHash} on all nodes */
    public JdbcAudit(JdbcDatabase database, StoreSpec spec, byte[] key) {
        this.database = database;
        this.named = spec.namespace().isPresent();
        this.tables = spec.namespace().map(List::of).orElse(TableLayout.TABLES);
        this.key = key.clone();
    }

    @Override
    public synchronized void begin() {
        SessionHash hash = new SessionHash(key);
        try (Connection connection = database.connect()) {
            for (String table : present(connection)) {
                ids(connection, table, hash);
            }
        } catch (SQLException | UnknownTableException e) {
            // The nodes may yet make the table. Whoever cannot read it later is told then.
            before.clear();
        }
    }

    private void ids(Connection connection, String table, SessionHash hash) throws SQLException, UnknownTableException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(layout(connection, table).ids(table))) {
            while (rows.next()) {
                before.add(hash.of(rows.getString(1).strip()));
            }
        }
    }

    @Override
    public synchronized StoreContents read(Collection<SessionLocation> reported, LongSupplier clock) {
        Map<Long, StoredSession> sessions = new TreeMap<>();
        List<String> places = new ArrayList<>();
        String doubt = "";
        String at = tables.get(0);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (String table : present(connection)) {
                at = table;
                read(connection, table, sessions);
                places.add("rows of " + table + " at " + database);
            }
            connection.rollback();
        } catch (SQLException e) {
            sessions.clear();
            doubt = "The store audit cannot read " + at + " at " + database + ": " + JdbcDatabase.reason(e) + ".";
        } catch (UnknownTableException e) {
            sessions.clear();
            doubt = "The store audit does not know the columns of " + at + " at " + database
                    + ": they are not those of Spring Session JDBC, of Tomcat's DataSourceStore or of Jetty's"
                    + " JDBCSessionDataStore.";
        }
        return new StoreContents(
                true,
                places.isEmpty() ? List.of("rows of " + at + " at " + database) : places,
                doubt,
                clock.getAsLong(),
                new ArrayList<>(sessions.values()),
                StoreIndexes.NONE);
    }

    /** Tables to read; the first, which is not there, if there is none. */
    private List<String> present(Connection connection) throws SQLException {
        if (named) {
            return tables;
        }
        Set<String> known = new HashSet<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, null, "%", null)) {
            while (rows.next()) {
                known.add(rows.getString("TABLE_NAME").toUpperCase(Locale.ROOT));
            }
        }
        List<String> present = tables.stream().filter(known::contains).toList();
        return present.isEmpty() ? tables.subList(0, 1) : present;
    }

    private static TableLayout layout(Connection connection, String table) throws SQLException, UnknownTableException {
        Set<String> columns = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData row = none.getMetaData();
            for (int i = 1; i <= row.getColumnCount(); i++) {
                columns.add(row.getColumnName(i).toUpperCase(Locale.ROOT));
            }
        }
        return TableLayout.of(columns).orElseThrow(UnknownTableException::new);
    }

    private void read(Connection connection, String table, Map<Long, StoredSession> sessions)
            throws SQLException, UnknownTableException {
        TableLayout layout = layout(connection, table);
        Map<String, Set<String>> attributes = layout == TableLayout.SPRING ? attributes(connection, table) : Map.of();
        SessionHash hash = new SessionHash(key);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(layout.query(table))) {
            long now = System.currentTimeMillis(); // A node wrote the time of its own clock.
            while (rows.next()) {
                String id = rows.getString(1).strip();
                long idHash = hash.of(id);
                if (!before.contains(idHash)) {
                    sessions.put(
                            idHash,
                            new StoredSession(
                                    idHash,
                                    Layout.SPRING,
                                    layout.lifetime(rows.getLong(2), rows.getLong(3), now),
                                    List.copyOf(attributes.getOrDefault(id, Set.of())),
                                    List.of(),
                                    ""));
                }
            }
        }
    }

    /** Names of Spring Session's attributes, by the id of their session. */
    private static Map<String, Set<String>> attributes(Connection connection, String table) throws SQLException {
        Map<String, Set<String>> names = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT S.SESSION_ID, A.ATTRIBUTE_NAME FROM " + table
                        + " S JOIN " + table + "_ATTRIBUTES A ON A.SESSION_PRIMARY_ID = S.PRIMARY_ID")) {
            while (rows.next()) {
                names.computeIfAbsent(rows.getString(1).strip(), id -> new TreeSet<>())
                        .add(rows.getString(2));
            }
        }
        return names;
    }

    /** Nobody knows what its columns mean. */
    private static final class UnknownTableException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
