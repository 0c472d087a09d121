package dev.midwrite.controller.history;

import java.util.Locale;

/** What is done to a session as a whole, whatever a store makes of it. */
public enum SessionOperation {
    /** The first save of a new session. */
    CREATE,
    /** A save of one whose attributes have changed. */
    SAVE,
    /** The save of one that has got another id. */
    RENAME,
    /** Its end, by a user. */
    DELETE;

    /** As on the command line and in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
