package dev.midwrite.agent.it.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Session over JDBC and a pool, driven by lines as {@link SessionHost} is; tables are there.
 *
 * <p>Arguments: the database's URL and user. A line more than sessions need: {@code other}, which begins an update of its
 * own, in a table that is none of sessions.
 */
public final class JdbcHost {
    private JdbcHost() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF); // Its output is its answers.
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(args[0]);
            pool.setUsername(args[1]);
            pool.setPassword("");
            pool.setMaximumPoolSize(2);
            JdbcTemplate template = new JdbcTemplate(pool);
            TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
            transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            SessionRepository<Session> sessions =
                    (SessionRepository) new JdbcIndexedSessionRepository(template, transactions);
            SessionHost.serve(
                    sessions,
                    Map.of("other", words -> Integer.toString(template.update("UPDATE OTHER SET A = ?", words[1]))));
        }
    }
}
