package dev.midwrite.agent.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** A real database with Spring Session's tables while one test class runs. */
abstract class TestDatabase implements BeforeAllCallback, AfterAllCallback {
    private final String schema;

    private TestDatabase(String schema) {
        this.schema = schema;
    }

    /** H2, served by the test's own process. */
    static TestDatabase h2() {
        return new H2();
    }

    /** PostgreSQL, whose binary a Maven artifact carries. */
    static TestDatabase postgres() {
        return new Postgres();
    }

    abstract void start() throws Exception;

    abstract void stop() throws Exception;

    abstract String url();

    abstract String user();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
        try (Connection connection = connect()) {
            ScriptUtils.executeSqlScript(
                    connection, new ClassPathResource("org/springframework/session/jdbc/" + schema));
            execute(connection, "CREATE TABLE OTHER (A VARCHAR(20))");
        }
    }

    void clear() throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, "DELETE FROM SPRING_SESSION");
        }
    }

    boolean holds(String sessionId) throws SQLException {
        return !strings("SELECT PRIMARY_ID FROM SPRING_SESSION WHERE SESSION_ID = ?", sessionId)
                .isEmpty();
    }

    List<String> attributes(String sessionId) throws SQLException {
        return strings(
                "SELECT A.ATTRIBUTE_NAME FROM SPRING_SESSION_ATTRIBUTES A JOIN SPRING_SESSION S"
                        + " ON A.SESSION_PRIMARY_ID = S.PRIMARY_ID WHERE S.SESSION_ID = ? ORDER BY A.ATTRIBUTE_NAME",
                sessionId);
    }

    private List<String> strings(String sql, String parameter) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1).strip());
                }
            }
        }
        return found;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), "");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        stop();
    }

    private static final class H2 extends TestDatabase {
        private Server server;

        H2() {
            super("schema-h2.sql");
        }

        @Override
        void start() throws SQLException {
            server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        }

        @Override
        String url() {
            return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:sessions;DB_CLOSE_DELAY=-1";
        }

        @Override
        String user() {
            return "sa";
        }

        /** Its memory is the process', and so the next test class'. */
        @Override
        void stop() throws SQLException {
            try (Connection connection = connect()) {
                execute(connection, "DROP ALL OBJECTS");
            }
            server.stop();
        }
    }

    private static final class Postgres extends TestDatabase {
        private EmbeddedPostgres server;

        Postgres() {
            super("schema-postgresql.sql");
        }

        @Override
        void start() throws IOException {
            server = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setOverrideWorkingDirectory(
                            Path.of("target", "postgres").toAbsolutePath().toFile())
                    .start();
        }

        @Override
        String url() {
            return server.getJdbcUrl("postgres", "postgres");
        }

        @Override
        String user() {
            return "postgres";
        }

        @Override
        void stop() throws IOException {
            server.close();
        }
    }
}
