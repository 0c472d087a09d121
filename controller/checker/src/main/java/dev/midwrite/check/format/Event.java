package dev.midwrite.check.format;

import java.util.Locale;

/**
 * One line of a history: a process began or ended an operation.
 *
 * @param process a number or a name, as {@link EdnReader} read it
 * @param key the object it acts on; null where there is only one
 * @param value argument or result, as {@link EdnReader} read it
 */
record Event(int line, Object process, Type type, String function, Object key, Object value) {
    enum Type {
        INVOKE,
        OK,
        FAIL,
        INFO;

        /** @return null if {@code keyword} is no type */
        static Type of(Object keyword) {
            for (Type type : values()) {
                if (keyword instanceof Edn.Keyword k
                        && k.name().equals(type.name().toLowerCase(Locale.ROOT))) {
                    return type;
                }
            }
            return null;
        }
    }

    UnreadableHistoryException unreadable(String reason) {
        return new UnreadableHistoryException(line, reason);
    }
}
