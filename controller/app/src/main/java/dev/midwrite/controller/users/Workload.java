package dev.midwrite.controller.users;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a session does in its turn. */
public enum Workload {
    /** Writes, removes and reads two registers. */
    REGISTER,
    /** Appends to a list and reads it. */
    LIST,
    /** Adds one to a counter and reads it. */
    COUNTER,
    /** Writes a group of attributes as one and reads it as one. */
    GROUP,
    /** Makes new versions of a document, each from the version before. */
    DOCUMENT,
    /** Changes the session's id now and then, and tries the old one; otherwise asks whether the session is alive. */
    ROTATE,
    /** Logs out now and then, tries the ended session, and logs in anew; otherwise asks whether it is alive. */
    LOGOUT,
    /** As a group, of hundreds of attributes. */
    LARGE,
    /** Ends the session and makes another in the same request now and then; otherwise asks whether it is alive. */
    RELOGIN,
    /** Changes a value that lies in the session in place, without setting it again, and reads it. */
    MUTATE,
    /** Writes registers while a request is handed on: forwarded, included, asynchronously, after an error. */
    DISPATCH,
    /** Logs in by a name that few others share, lists all sessions of that name, and ends the others now and then. */
    PRINCIPAL;

    /** The name in drills. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, in the order of a session's turns. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Workload::label).toList();
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static Workload named(String label) {
        return Arrays.stream(values())
                .filter(workload -> workload.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload " + label));
    }
}
