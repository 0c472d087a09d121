package dev.midwrite.controller.users;

import dev.midwrite.event.OperationKind;
import java.util.Optional;

/**
 * One thing to ask a node.
 *
 * @param last a final read: whole lists, and marked as final
 * @param own the application's own request; empty if it is the probe's
 */
record Call(OperationKind kind, Attribute attribute, boolean last, Optional<OwnCall> own) {

    static final Call CREATE = of(OperationKind.CREATE, Attribute.SESSION);
    static final Call PROBE = of(OperationKind.PROBE, Attribute.SESSION);
    static final Call PROBE_OLD_ID = of(OperationKind.PROBE_OLD_ID, Attribute.SESSION);
    static final Call ROTATE = of(OperationKind.ROTATE_ID, Attribute.SESSION);
    static final Call RELOGIN = of(OperationKind.RELOGIN, Attribute.SESSION);
    static final Call LIST_SESSIONS = of(OperationKind.LIST_SESSIONS, Attribute.PRINCIPAL);
    static final Call END_OTHERS = of(OperationKind.END_OTHERS, Attribute.PRINCIPAL);
    static final Call LOGOUT = of(OperationKind.INVALIDATE, Attribute.SESSION);

    static Call of(OperationKind kind, Attribute attribute) {
        return new Call(kind, attribute, false, Optional.empty());
    }

    Call asFinal() {
        return new Call(kind, attribute, true, own);
    }

    /** What operations carry as the attribute. */
    int number() {
        return own.map(OwnCall::number).orElse(attribute.ordinal());
    }

    String method() {
        return kind == OperationKind.REMOVE ? "DELETE" : reads() ? "GET" : "POST";
    }

    /**
     * Path below the probe's, with what it needs as parameters.
     *
     * @param value that is written; the name to log in by
     */
    String path(String value) {
        String path = switch (kind) {
            case CREATE -> "/create";
            case READ, REMOVE -> "/register/" + name();
            case WRITE -> (Attribute.DISPATCHED.contains(attribute) ? "/dispatch/" : "/register/") + name();
            case APPEND -> "/list";
            case READ_LIST -> last ? "/list?whole=true" : "/list";
            case INCREMENT, READ_COUNTER -> "/counter";
            case WRITE_GROUP, READ_GROUP -> attribute == Attribute.LARGE ? "/large" : "/group";
            case UPDATE, READ_DOCUMENT -> "/document";
            case ROTATE_ID -> "/rotate";
            case INVALIDATE -> "/logout";
            case RELOGIN -> "/relogin";
            case PROBE, PROBE_OLD_ID -> "/alive";
            case MUTATE, READ_MUTATED -> "/mutate";
            case LOG_IN -> "/principal?name=" + value;
            case LIST_SESSIONS -> "/principal";
            case END_OTHERS -> "/principal/end";
            case NONE, STEP, LOG_OUT, PROBE_LOGGED_OUT -> throw new IllegalArgumentException("no user does " + kind);
        };
        return carriesValue() ? path + "?value=" + value : path;
    }

    /** Of the register. */
    private String name() {
        return switch (attribute) {
            case REGISTER_A -> "a";
            case REGISTER_B -> "b";
            case FORWARDED -> "forward";
            case INCLUDED -> "include";
            case ASYNC -> "async";
            case ERROR -> "error";
            default -> throw new IllegalArgumentException("no register is " + attribute);
        };
    }

    /** Whether a request of this kind carries a write id of its own. */
    boolean carriesValue() {
        return switch (kind) {
            case WRITE, WRITE_GROUP, UPDATE, MUTATE -> true;
            default -> false;
        };
    }

    boolean logsIn() {
        return kind == OperationKind.LOG_IN;
    }

    boolean endsOthers() {
        return kind == OperationKind.END_OTHERS;
    }

    /** Whether it changes nothing that users write and read; a step of a flow is on its own. */
    boolean reads() {
        return kind == OperationKind.STEP || kind.reads();
    }

    /**
     * Whether a second attempt makes sense after an indeterminate one. Not for what changes or ends the id: the first
     * attempt may have taken the session away under it. Nor for what ends other sessions: a repetition says no more of
     * those that the first attempt ended.
     */
    boolean repeatable() {
        boolean again = kind != OperationKind.STEP || own.orElseThrow().step().repeatable();
        return again && kind != OperationKind.ROTATE_ID && kind != OperationKind.END_OTHERS && !kind.ends();
    }
}
