package dev.midwrite.agent.point;

import java.lang.reflect.Field;

/** The number of the database that a Lettuce connection has selected: it stands in a field, and no method says it. */
final class Database {
    private static final int UNKNOWN = -1;

    private Database() {}

    /** @return -1 if it cannot be known */
    static int of(Object connection) {
        try {
            Object db = field(connection, "db"); // Of Lettuce 5.
            if (db == null) {
                db = field(field(connection, "state"), "db");
            }
            return db instanceof Integer number ? number : UNKNOWN;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return UNKNOWN; // Then it is not said.
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        for (Class<?> type = of == null ? null : of.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(of);
                }
            }
        }
        return null;
    }
}
