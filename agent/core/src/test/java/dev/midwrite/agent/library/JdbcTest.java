package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import org.junit.jupiter.api.Test;

/** The points of JDBC, in a driver that has nothing behind it, and what pools put around one. */
class JdbcTest extends LibraryContract {
    private static final String UPDATE = "jdbc.Statement.executeUpdate";
    private static final String EXECUTE = "jdbc.Statement.execute";

    @Override
    Library library() {
        return new Jdbc();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                EXECUTE,
                () -> new OnDriver(driver -> driver.prepared.execute()),
                UPDATE,
                () -> new OnDriver(driver -> driver.prepared.executeUpdate()),
                "jdbc.Statement.executeQuery",
                () -> new OnDriver(driver -> driver.prepared.executeQuery()),
                "jdbc.Statement.executeBatch",
                () -> new OnDriver(driver -> driver.prepared.executeBatch()),
                "jdbc.Connection.commit",
                () -> new OnDriver(driver -> driver.connection.commit()),
                "jdbc.Connection.rollback",
                () -> new OnDriver(driver -> driver.connection.rollback()));
    }

    @Test
    void aPreparedStatementIsAStepThatIsCalledByVerbAndTable() throws Exception {
        assertThat(names(
                        UPDATE,
                        driver -> driver.prepare("UPDATE T SET A = 'a secret'").executeUpdate()))
                .containsExactly("UPDATE T", "UPDATE T");
    }

    @Test
    void aStatementThatIsNotPreparedIsCalledTheSame() throws Exception {
        for (String text : List.of("INSERT INTO T VALUES ('a secret')", "INSERT INTO T VALUES ('another')")) {
            assertThat(names(EXECUTE, driver -> driver.prepared.execute(text))).containsExactly("INSERT T", "INSERT T");
            assertThat(names(UPDATE, driver -> driver.prepared.executeUpdate(text, 1)))
                    .containsExactly("INSERT T", "INSERT T");
            assertThat(names(UPDATE, driver -> driver.prepared.executeLargeUpdate(text)))
                    .containsExactly("INSERT T", "INSERT T");
        }
    }

    @Test
    void oneThatWasPreparedBeforeRecordingBeganHasNoName() throws Exception {
        assertThat(names(UPDATE, driver -> driver.prepared.executeUpdate())).containsExactly("", "");
    }

    @Test
    void aLookWhetherTheConnectionLivesIsNoStep() throws Exception {
        assertThat(names(UPDATE, driver -> driver.prepare("").executeUpdate())).isEmpty();
        assertThat(names(EXECUTE, driver -> driver.prepared.execute("SELECT 1")))
                .isEmpty();
    }

    @Test
    void whatPoolsPutAroundAStatementIsNotCounted() throws Exception {
        assertThat(names(
                        UPDATE,
                        driver -> ((PreparedStatement) java.lang.reflect.Proxy.newProxyInstance(
                                        driver.prepared.getClass().getClassLoader(),
                                        new Class<?>[] {PreparedStatement.class},
                                        (proxy, method, arguments) -> method.invoke(driver.prepare("DELETE FROM T"))))
                                .executeUpdate()))
                .containsExactly("DELETE T", "DELETE T");
    }

    @Test
    void aStatementWithinAnotherIsPartOfIt() throws Exception {
        assertThat(names(EXECUTE, driver -> driver.prepared.execute("UPDATE T", 1)))
                .containsExactly("UPDATE T", "UPDATE T");
        assertThat(names(UPDATE, driver -> driver.prepared.execute("UPDATE T", 1)))
                .as("which that call makes")
                .containsExactly("UPDATE T");
    }

    @Test
    void aDroppedUpdateSaysThatItChangedARow() throws Exception {
        int[] rows = new int[1];
        long[] manyRows = new long[1];
        OnDriver subject = new OnDriver(driver -> {
            rows[0] = driver.prepared.executeUpdate();
            manyRows[0] = driver.prepared.executeLargeUpdate("UPDATE T");
        });
        try (Rig rig = new Rig(UPDATE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.DROP, Edge.BEFORE, "");
            rig.call();
            assertThat(rig.faults()).hasSize(2);
        }
        assertThat(subject.bodyRan()).isFalse();
        assertThat(rows).containsExactly(1);
        assertThat(manyRows).containsExactly(1);
    }

    @Test
    void theUsualErrorIsThatOfALostConnection() throws Exception {
        OnDriver subject = new OnDriver(driver -> driver.connection.commit());
        try (Rig rig = new Rig("jdbc.Connection.commit", subject)) {
            rig.prepare();
            rig.inject(FaultKind.ERROR, Edge.AFTER, "");
            subject.failsWith(java.sql.SQLNonTransientConnectionException.class, rig::call);
        }
        assertThat(subject.bodyRan()).as("nobody knows, and it happened").isTrue();
    }

    /** Of the steps that this call makes: at their beginning and at their end. */
    private static List<String> names(String point, Call call) throws Exception {
        try (Rig rig = new Rig(point, new OnDriver(call))) {
            rig.prepare();
            rig.open();
            rig.call();
            List<EventRecord> steps = rig.journal.records.stream()
                    .filter(record -> record.edge() == Edge.STEP)
                    .toList();
            return java.util.stream.Stream.concat(rig.records().stream(), steps.stream())
                    .map(record -> new String(record.payload(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private interface Call {
        void on(OnDriver driver) throws Exception;
    }

    private static final class OnDriver extends Subject {
        private final Call call;
        PreparedStatement prepared;
        Connection connection;

        OnDriver(Call call) {
            this.call = call;
        }

        PreparedStatement prepare(String sql) throws Exception {
            return connection.prepareStatement(sql);
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {JdbcDriver.Statement.class, JdbcDriver.Connected.class};
        }

        @Override
        List<String> again() {
            return List.of(JdbcDriver.class.getName());
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            connection = (Connection) whole(loader, JdbcDriver.Connected.class);
            prepared = (PreparedStatement) whole(loader, JdbcDriver.Statement.class);
            java.lang.reflect.Field statement = connection.getClass().getField("statement");
            statement.set(connection, prepared);
        }

        /** The rest of its interface is missing, and nobody calls it. */
        private static Object whole(WovenLoader loader, Class<?> part) throws ReflectiveOperationException {
            return new ByteBuddy()
                    .with(MethodGraph.Empty.INSTANCE) // There is nothing to override.
                    .subclass(loader.loadClass(part.getName()))
                    .name("a.driver." + part.getSimpleName())
                    .make()
                    .load(loader, ClassLoadingStrategy.Default.WRAPPER)
                    .getLoaded()
                    .getConstructor()
                    .newInstance();
        }

        @Override
        void call() throws Exception {
            call.on(this);
        }

        @Override
        boolean bodyRan() {
            return prepared.toString().equals("ran") || connection.toString().equals("ran");
        }
    }
}
