package dev.midwrite.agent.library;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** As much of a driver as the points need; what a call would do, it remembers. Public: it is loaded again, woven. */
public final class JdbcDriver {

    private JdbcDriver() {}

    /** What a driver has of a statement. */
    public abstract static class Statement implements PreparedStatement {
        private boolean ran;

        @Override
        public boolean execute() {
            ran = true;
            return false;
        }

        @Override
        public boolean execute(String sql) {
            ran = true;
            return false;
        }

        @Override
        public boolean execute(String sql, int keys) throws SQLException {
            return executeUpdate(sql, keys) > 0;
        }

        @Override
        public int executeUpdate() {
            ran = true;
            return 3;
        }

        @Override
        public int executeUpdate(String sql, int keys) {
            return executeUpdate();
        }

        @Override
        public long executeLargeUpdate(String sql) {
            return executeUpdate();
        }

        @Override
        public ResultSet executeQuery() {
            ran = true;
            return null;
        }

        @Override
        public int[] executeBatch() {
            ran = true;
            return new int[] {1, 1};
        }

        @Override
        public String toString() {
            return ran ? "ran" : "";
        }
    }

    /** What a driver has of a connection. */
    public abstract static class Connected implements Connection {
        public PreparedStatement statement;
        private boolean ran;

        @Override
        public PreparedStatement prepareStatement(String sql) {
            return statement;
        }

        @Override
        public void commit() {
            ran = true;
        }

        @Override
        public void rollback() {
            ran = true;
        }

        @Override
        public String toString() {
            return ran ? "ran" : "";
        }
    }
}
