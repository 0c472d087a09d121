package dev.midwrite.controller.audit;

import dev.midwrite.check.StoredSession.Lifetime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How a library lays sessions into a table, known by the names of its columns. */
enum TableLayout {
    /** Spring Session JDBC: when the session ends. */
    SPRING("SESSION_ID", "EXPIRY_TIME", "MAX_INACTIVE_INTERVAL"),
    /** Tomcat's {@code DataSourceStore} with the columns of its documents' example: when the session was last used. */
    TOMCAT("SESSION_ID", "LAST_ACCESS", "MAX_INACTIVE"),
    /** The same with the columns that it has if nothing is said. */
    TOMCAT_DEFAULT("ID", "LASTACCESS", "MAXINACTIVE"),
    /** Jetty's {@code JDBCSessionDataStore}: when the session ends, and milliseconds. */
    JETTY("SESSIONID", "EXPIRYTIME", "MAXINTERVAL");

    /** Tables that these have if nothing is said. */
    static final List<String> TABLES = List.of("SPRING_SESSION", "TOMCAT_SESSIONS", "TOMCAT$SESSIONS", "JETTYSESSIONS");

    private final String id;
    private final String time;
    private final String interval;

    TableLayout(String id, String time, String interval) {
        this.id = id;
        this.time = time;
        this.interval = interval;
    }

    /** @param columns of a table, in capital letters */
    static Optional<TableLayout> of(Set<String> columns) {
        for (TableLayout layout : values()) {
            if (columns.containsAll(List.of(layout.id, layout.time, layout.interval))) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    /** Rows of a session's id and the two numbers that {@link #lifetime} takes. */
    String query(String table) {
        return "SELECT " + id + ", " + time + ", " + interval + " FROM " + table;
    }

    /** The ids alone. */
    String ids(String table) {
        return "SELECT " + id + " FROM " + table;
    }

    /**
     * What a row says of its session.
     *
     * @param moment milliseconds of a node's clock
     * @param now the same of ours
     */
    Lifetime lifetime(long moment, long length, long now) {
        long seconds = this == JETTY && length > 0 ? TimeUnit.MILLISECONDS.toSeconds(length) : length;
        boolean never = switch (this) {
            case SPRING -> moment == Long.MAX_VALUE; // One that never ends says so with the end of time.
            case TOMCAT, TOMCAT_DEFAULT -> length <= 0;
            case JETTY -> moment <= 0;
        };
        if (never) {
            return new Lifetime(Lifetime.NONE, Lifetime.ABSENT, this == SPRING ? seconds : -1);
        }
        boolean used = this == TOMCAT || this == TOMCAT_DEFAULT;
        long end = used ? moment + TimeUnit.SECONDS.toMillis(length) : moment;
        return new Lifetime(Math.max(0, end - now), Lifetime.ABSENT, seconds);
    }
}
