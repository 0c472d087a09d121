package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.StoreSpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;

/**
 * A database behind JDBC: the one at the drill's URL, or an H2 of ours, which this process serves on loopback and which keeps
 * nothing. Thread-safe.
 */
public final class JdbcDatabase implements StoreBackend {
    /** Of Spring Session, unless it is told otherwise. */
    public static final String TABLE = "SPRING_SESSION";

    private static final String OUR_USER = "sa";
    /** More than one drill may run in this process. */
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String url;
    private final StoreLogin login;
    private final String table;
    private final Optional<Server> ours;
    private final String local;

    private JdbcDatabase(String url, StoreLogin login, String table, Optional<Server> ours, String local) {
        this.url = url;
        this.login = login;
        this.table = table;
        this.ours = ours;
        this.local = local;
    }

    /** @throws Problem if it does not answer or does not start */
    static JdbcDatabase start(StoreSpec spec, StoreLogin login) {
        String table = spec.namespace().orElse(TABLE);
        if (!spec.embedded()) {
            return new JdbcDatabase(spec.address(), login, table, Optional.empty(), "");
        }
        StoreLogin own = new StoreLogin(Optional.of(login.user().orElse(OUR_USER)), login.password());
        String local = "jdbc:h2:mem:midwrite-" + LAST.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
        try {
            System.setProperty("h2.bindAddress", "127.0.0.1");
            Server server = Server.createTcpServer("-tcpPort", "0").start();
            String url = local.replace("mem:", "tcp://127.0.0.1:" + server.getPort() + "/mem:")
                    .replaceFirst(";.*", "");
            JdbcDatabase database = new JdbcDatabase(url, own, table, Optional.of(server), local);
            // The server opens what exists; whoever comes first makes it and owns it.
            try (Connection first = database.open(local)) {
                first.createStatement().close();
            }
            return database;
        } catch (SQLException e) {
            throw new Problem("The embedded H2 does not start; " + reason(e) + ".", e);
        }
    }

    /** The caller closes it. */
    public Connection connect() throws SQLException {
        return open(url);
    }

    private Connection open(String to) throws SQLException {
        Properties properties = new Properties();
        login.user().ifPresent(user -> properties.setProperty("user", user));
        properties.setProperty("password", login.password().orElse(""));
        return DriverManager.getConnection(to, properties);
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("store.url", url);
    }

    @Override
    public String version() {
        try (Connection connection = connect()) {
            return connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion().split(" ")[0];
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    @Override
    public Map<String, String> statistics() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                rows.next();
                return Map.of("keys", Long.toString(rows.getLong(1)));
            } catch (SQLException e) {
                return Map.of(); // Nobody has made the table yet.
            }
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    @Override
    public Optional<StoreControl> control() {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (ours.isPresent()) {
            try (Connection last = open(local);
                    Statement statement = last.createStatement()) {
                statement.execute("SHUTDOWN IMMEDIATELY");
            } catch (SQLException e) {
                // It is gone already.
            }
            ours.get().stop();
        }
    }

    private Problem unanswered(SQLException e) {
        String known = e.getMessage() != null && e.getMessage().startsWith("No suitable driver")
                ? "there are drivers for jdbc:h2: and jdbc:postgresql: here"
                : reason(e);
        return new Problem("The store at " + this + " does not answer: " + known + ".", e);
    }

    /** Half a sentence, of one line. */
    public static String reason(SQLException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.lines().findFirst().orElse("").replaceFirst("\\.?$", "");
    }

    /** What a driver may be told with it is left out. */
    @Override
    public String toString() {
        return url.replaceFirst("[?;].*", "");
    }
}
