package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.JdbcDatabase;
import dev.midwrite.controller.store.StoreServer;
import dev.midwrite.event.SessionHash;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of a real H2 with the tables of Spring Session, Tomcat and Jetty. */
class JdbcAuditTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);

    @TempDir
    Path directory;

    private final Reaper reaper = Reaper.install();
    private final SessionHash hash = new SessionHash(KEY);
    private StoreServer store;

    @BeforeEach
    void start() {
        store = StoreServer.start(new StoreSpec("jdbc", StoreSpec.EMBEDDED), directory, reaper);
    }

    @AfterEach
    void stop() {
        store.close();
        reaper.close();
    }

    @Test
    void readsWhatSpringSessionWroteAndLeavesWhatWasThereBefore() throws SQLException {
        tables("SPRING_SESSION");
        session("SPRING_SESSION", "old", 1_800, System.currentTimeMillis() + HOUR);
        StoreAudit audit = StoreAudit.of(store, KEY);
        audit.begin();
        session("SPRING_SESSION", "one", 3_600, System.currentTimeMillis() + HOUR, "b", "a");
        session("SPRING_SESSION", "over", 60, System.currentTimeMillis() - HOUR);
        session("SPRING_SESSION", "immortal", -1, Long.MAX_VALUE);
        StoreContents contents = read(audit);
        assertThat(contents.doubt()).isEmpty();
        assertThat(contents.places()).containsExactly("rows of SPRING_SESSION at " + store.backend());
        assertThat(contents.sessions())
                .extracting(StoredSession::idHash)
                .containsExactlyInAnyOrder(hash.of("one"), hash.of("over"), hash.of("immortal"))
                .isSorted();
        StoredSession one = session(contents, "one");
        assertThat(one.layout()).isEqualTo(Layout.SPRING);
        assertThat(one.fields()).containsExactly("a", "b");
        assertThat(one.missing()).isEmpty();
        assertThat(one.lifetime().intervalSeconds()).isEqualTo(3_600);
        assertThat(one.lifetime().ttlMillis()).isBetween(1L, HOUR);
        assertThat(session(contents, "over").lifetime().ttlMillis()).isZero();
        assertThat(session(contents, "immortal").lifetime().ttlMillis()).isEqualTo(Lifetime.NONE);
        assertThat(store.statistics()).containsEntry("keys", "4");
    }

    @Test
    void readsTheTableThatTheDrillNames() throws SQLException {
        StoreSpec spec = new StoreSpec(
                "jdbc",
                StoreSpec.EMBEDDED,
                Optional.of("SHOP_SESSION"),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
        store.close();
        store = StoreServer.start(spec, directory, reaper);
        tables("SHOP_SESSION");
        session("SHOP_SESSION", "one", 60, System.currentTimeMillis() + HOUR);
        assertThat(read(StoreAudit.of(store, KEY)).sessions())
                .extracting(StoredSession::idHash)
                .containsExactly(hash.of("one"));
    }

    @Test
    void knowsTheTablesOfTomcatByTheirColumns() throws SQLException {
        execute("CREATE TABLE tomcat_sessions (session_id VARCHAR(100), valid_session CHAR(1), max_inactive INT,"
                + " last_access BIGINT, app_name VARCHAR(255), session_data BYTEA)");
        execute("CREATE TABLE tomcat$sessions (id VARCHAR(100), valid CHAR(1), maxinactive INT, lastaccess BIGINT,"
                + " app VARCHAR(255), data BYTEA)");
        long used = System.currentTimeMillis() - 10_000;
        execute("INSERT INTO tomcat_sessions VALUES ('one', '1', 60, " + used + ", 'app', X'00')");
        execute("INSERT INTO tomcat_sessions VALUES ('immortal', '1', -1, " + used + ", 'app', X'00')");
        execute("INSERT INTO tomcat$sessions VALUES ('other', '1', 5, " + used + ", 'app', X'00')");
        StoreContents contents = read(StoreAudit.of(store, KEY));
        assertThat(contents.doubt()).isEmpty();
        assertThat(contents.places())
                .containsExactly(
                        "rows of TOMCAT_SESSIONS at " + store.backend(),
                        "rows of TOMCAT$SESSIONS at " + store.backend());
        assertThat(contents.sessions()).hasSize(3);
        Lifetime one = session(contents, "one").lifetime();
        assertThat(one.intervalSeconds()).isEqualTo(60);
        assertThat(one.ttlMillis()).isBetween(1L, 50_000L);
        assertThat(session(contents, "immortal").lifetime().ttlMillis()).isEqualTo(Lifetime.NONE);
        assertThat(session(contents, "other").lifetime().ttlMillis()).isZero();
    }

    @Test
    void knowsTheTableOfJetty() throws SQLException {
        execute("CREATE TABLE JettySessions (sessionId VARCHAR(120), contextPath VARCHAR(60), virtualHost VARCHAR(60),"
                + " expiryTime BIGINT, maxInterval BIGINT)");
        long end = System.currentTimeMillis() + HOUR;
        execute("INSERT INTO JettySessions VALUES ('one', '', '0.0.0.0', " + end + ", 3600000)");
        execute("INSERT INTO JettySessions VALUES ('immortal', '', '0.0.0.0', 0, -1)");
        StoreContents contents = read(StoreAudit.of(store, KEY));
        assertThat(contents.places()).containsExactly("rows of JETTYSESSIONS at " + store.backend());
        Lifetime one = session(contents, "one").lifetime();
        assertThat(one.intervalSeconds()).isEqualTo(3_600);
        assertThat(one.ttlMillis()).isBetween(1L, HOUR);
        assertThat(session(contents, "immortal").lifetime().ttlMillis()).isEqualTo(Lifetime.NONE);
    }

    @Test
    void ofATableWhoseColumnsItDoesNotKnowItSaysNothingButThat() throws SQLException {
        execute("CREATE TABLE SPRING_SESSION (KEY_OF_ITS_OWN INT)");
        StoreContents contents = read(StoreAudit.of(store, KEY));
        assertThat(contents.sessions()).isEmpty();
        assertThat(contents.doubt())
                .startsWith("The store audit does not know the columns of SPRING_SESSION at jdbc:h2:tcp://127.0.0.1:")
                .endsWith("JDBCSessionDataStore.");
    }

    @Test
    void withoutTheTablesItSaysSo() {
        StoreAudit audit = StoreAudit.of(store, KEY);
        audit.begin();
        StoreContents contents = read(audit);
        assertThat(contents.sessions()).isEmpty();
        assertThat(contents.doubt())
                .startsWith("The store audit cannot read SPRING_SESSION at jdbc:h2:tcp://127.0.0.1:")
                .contains("not found")
                .endsWith(".");
        assertThat(store.statistics()).isEmpty();
    }

    private static StoreContents read(StoreAudit audit) {
        return audit.read(java.util.List.of(), () -> 5);
    }

    private StoredSession session(StoreContents contents, String id) {
        return contents.sessions().stream()
                .filter(session -> session.idHash() == hash.of(id))
                .findFirst()
                .orElseThrow();
    }

    private Connection connect() throws SQLException {
        return ((JdbcDatabase) store.backend()).connect();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As much of Spring Session's own script as matters. */
    private void tables(String name) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE " + name + " (PRIMARY_ID CHAR(36) PRIMARY KEY, SESSION_ID CHAR(36) NOT NULL,"
                            + " CREATION_TIME BIGINT NOT NULL, LAST_ACCESS_TIME BIGINT NOT NULL,"
                            + " MAX_INACTIVE_INTERVAL INT NOT NULL, EXPIRY_TIME BIGINT NOT NULL, PRINCIPAL_NAME VARCHAR(100))");
            statement.execute("CREATE TABLE " + name + "_ATTRIBUTES (SESSION_PRIMARY_ID CHAR(36) NOT NULL,"
                    + " ATTRIBUTE_NAME VARCHAR(200) NOT NULL, ATTRIBUTE_BYTES BLOB NOT NULL)");
        }
    }

    private void session(String table, String id, int interval, long expiry, String... attributes) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement row =
                        connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, 1, 1, ?, ?, NULL)");
                PreparedStatement attribute =
                        connection.prepareStatement("INSERT INTO " + table + "_ATTRIBUTES VALUES (?, ?, X'00')")) {
            row.setString(1, "row " + id);
            row.setString(2, id);
            row.setInt(3, interval);
            row.setLong(4, expiry);
            row.executeUpdate();
            for (String name : attributes) {
                attribute.setString(1, "row " + id);
                attribute.setString(2, name);
                attribute.executeUpdate();
            }
        }
    }
}
