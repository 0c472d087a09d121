package dev.midwrite.controller.users;

import java.util.Arrays;
import java.util.List;

/** What of a session an operation is about; the number that operations carry is the place here, from 0. */
public enum Attribute {
    SESSION("session"),
    REGISTER_A("register a"),
    REGISTER_B("register b"),
    LIST("list"),
    COUNTER("counter"),
    GROUP("group"),
    DOCUMENT("document"),
    LARGE("large group"),
    MUTATED("object"),
    FORWARDED("register set in a forward"),
    INCLUDED("register set in an include"),
    ASYNC("register set in an async dispatch"),
    ERROR("register set in an error dispatch"),
    PRINCIPAL("principal");

    private final String title;

    Attribute(String title) {
        this.title = title;
    }

    /** Those that a request sets while it is handed on, in this order. */
    static final List<Attribute> DISPATCHED = List.of(FORWARDED, INCLUDED, ASYNC, ERROR);

    /** For people. */
    public String title() {
        return title;
    }

    /** Titles by number. */
    public static List<String> titles() {
        return Arrays.stream(values()).map(Attribute::title).toList();
    }
}
