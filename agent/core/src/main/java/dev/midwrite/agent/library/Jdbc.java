package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.AttributePlace;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * JDBC: statements and commits of every driver, behind the pool. A call lasts until the database has answered.
 *
 * <p>Pools and tracing put classes of their own around a driver's; those carry no points. Where an unknown one does, the
 * outermost call counts, once.
 */
final class Jdbc extends Library {
    private static final String STATEMENT = "java.sql.Statement";
    private static final String PREPARED = "java.sql.PreparedStatement";
    private static final String ROWS = "java.sql.ResultSet";
    private static final String CONNECTION = "java.sql.Connection";
    private static final String TEXT = "java.lang.String";
    private static final String STORE_GONE = "java.sql.SQLNonTransientConnectionException";
    private static final String ALL_OR_NOTHING =
            "a database discards a statement of which it got a part, which is fault crash";

    Jdbc() {
        super("jdbc");
        // Whatever declares one of these methods says that it throws this; the other two are for classes in use
        // already.
        family("java/sql/SQLException");
        family("java/sql/Statement");
        family("java/sql/Connection");
        for (String pool : List.of(
                "com.zaxxer.hikari.",
                "org.apache.commons.dbcp",
                "org.apache.tomcat.dbcp.",
                "org.apache.tomcat.jdbc.",
                "com.mchange.v2.c3p0.",
                "io.agroal.",
                "oracle.ucp.",
                "com.alibaba.druid.",
                "org.vibur.dbcp.",
                "bitronix.tm.",
                "com.atomikos.",
                "org.jboss.jca.",
                "com.p6spy.",
                "net.ttddyy.dsproxy.",
                "net.bull.javamelody.",
                "org.springframework.jdbc.",
                "jdk.proxy",
                "com.sun.proxy.")) {
            wrapper(pool);
        }
        statement("Statement.execute")
                .inEvery(STATEMENT, Call.of("execute", 0), "Run", UsualExit.NAME)
                .inEvery(STATEMENT, Call.of("execute").with(0, TEXT), "Run", UsualExit.NAME)
                .inEvery(
                        CONNECTION,
                        Call.anyOf(List.of("prepareStatement", "prepareCall"), -1)
                                .with(0, TEXT),
                        "Prepare")
                .inEvery(PREPARED, Call.taking("setString", "int", TEXT), "Given")
                .inEvery(PREPARED, Call.of("setBytes", 2).with(0, "int"), "Given");
        List<String> large = List.of("executeLargeUpdate");
        statement("Statement.executeUpdate")
                .inEvery(STATEMENT, Call.of("executeUpdate", 0), "Update")
                .inEvery(STATEMENT, Call.of("executeUpdate").with(0, TEXT), "Update")
                .inEvery(STATEMENT, Call.anyOf(large, 0), "LargeUpdate")
                .inEvery(STATEMENT, Call.anyOf(large, -1).with(0, TEXT), "LargeUpdate");
        statement("Statement.executeQuery")
                .cannot(FaultKind.DROP, "its caller needs rows, and there are none without asking for them")
                .inEvery(STATEMENT, Call.of("executeQuery", 0), "Run", ReplyExit.NAME)
                .inEvery(STATEMENT, Call.of("executeQuery").with(0, TEXT), "Run", ReplyExit.NAME)
                .inEvery(ROWS, Call.of("next", 0), "Next")
                .inEvery(ROWS, Call.taking("getString", TEXT), "Taken")
                .inEvery(ROWS, Call.of("getBytes", 1), "Taken");
        statement("Statement.executeBatch")
                .cannot(
                        FaultKind.DROP,
                        "its caller needs a count for each of its commands, and how many there are is not known")
                .inEvery(STATEMENT, Call.anyOf(List.of("executeBatch", "executeLargeBatch"), 0), "Run", UsualExit.NAME);
        point("Connection.commit", PointKind.STORE_COMMIT, Role.STEP)
                .fails(STORE_GONE)
                .inEvery(CONNECTION, Call.of("commit", 0), "Commit", UsualExit.NAME);
        point("Connection.rollback", PointKind.STORE_COMMAND, Role.STEP)
                .fails(STORE_GONE)
                .cannot(FaultKind.TEAR, ALL_OR_NOTHING)
                .cannot(FaultKind.DROP, "a transaction that ends with neither is rolled back all the same")
                .inEvery(CONNECTION, Call.of("rollback", 0), "Rollback", UsualExit.NAME);
    }

    private Point statement(String place) {
        return point(place, PointKind.STORE_COMMAND, Role.STEP)
                .fails(STORE_GONE)
                .cannot(FaultKind.TEAR, ALL_OR_NOTHING);
    }

    /** What it does and to which table, such as {@code UPDATE SPRING_SESSION}: nothing else of its text goes anywhere. */
    @Override
    public String command(String text) {
        return new Sql(text).name();
    }

    @Override
    public AttributePlace attributes(String text) {
        return SessionTable.place(text);
    }

    @Override
    public int column(Object rows, String label) {
        try {
            return ((ResultSet) rows).findColumn(label);
        } catch (SQLException e) {
            return 0; // Whoever reads it by its number is not understood.
        }
    }

    /** {@code execute}, {@code executeQuery} and {@code executeBatch}, prepared or not. */
    static final class Run {
        private Run() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object statement,
                @Advice.Argument(value = 0, optional = true) String sql,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, statement, null, null, sql);
            return token != null && gate.skips(token);
        }
    }

    /** {@code executeUpdate}: one that is dropped says that it changed a row. */
    static final class Update {
        private Update() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object statement,
                @Advice.Argument(value = 0, optional = true) String sql,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, statement, null, null, sql);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter boolean skipped,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(readOnly = false) int rows,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, null, null, thrown);
            }
            if (skipped) {
                rows = 1;
            }
        }
    }

    /** {@code executeLargeUpdate}: the same, with another number. */
    static final class LargeUpdate {
        private LargeUpdate() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object statement,
                @Advice.Argument(value = 0, optional = true) String sql,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, statement, null, null, sql);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter boolean skipped,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(readOnly = false) long rows,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, null, null, thrown);
            }
            if (skipped) {
                rows = 1;
            }
        }
    }

    /** {@code Connection.prepareStatement} and {@code prepareCall}: a statement's text is told here, and not when it runs. */
    static final class Prepare {
        private Prepare() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Point.Here int point, @Advice.Argument(0) String sql, @Advice.Return Object statement) {
            Gate gate = Gate.open;
            if (gate != null && sql != null && statement != null) {
                gate.prepared(point, statement, sql);
            }
        }
    }

    /** {@code PreparedStatement.setString} and {@code setBytes}: a part of what the statement will take along. */
    static final class Given {
        private Given() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.This Object statement,
                @Advice.Argument(0) int parameter,
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object value) {
            Gate gate = Gate.open;
            if (gate != null) {
                gate.given(statement, parameter, value);
            }
        }
    }

    /** {@code ResultSet.next}. */
    static final class Next {
        private Next() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.This Object rows, @Advice.Return boolean there) {
            Gate gate = Gate.open;
            if (gate != null) {
                gate.next(rows, there);
            }
        }
    }

    /** {@code ResultSet.getString} and {@code getBytes}: a part of what has come back. */
    static final class Taken {
        private Taken() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.This Object rows,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object column,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object value) {
            Gate gate = Gate.open;
            if (gate != null) {
                gate.taken(rows, column, value);
            }
        }
    }

    /** {@code Connection.commit}: before it nothing of the transaction is there, after it all. */
    static final class Commit {
        private Commit() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object connection,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, connection, null, null, "COMMIT");
            return token != null && gate.skips(token);
        }
    }

    /** {@code Connection.rollback}. */
    static final class Rollback {
        private Rollback() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object connection,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, connection, null, null, "ROLLBACK");
            return token != null && gate.skips(token);
        }
    }
}
