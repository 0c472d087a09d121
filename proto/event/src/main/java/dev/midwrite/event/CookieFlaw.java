package dev.midwrite.event;

/** Why a browser would not send back a cookie that an answer set. */
public enum CookieFlaw implements Code {
    NONE("it would"),
    UNREADABLE("it cannot be read"),
    SECURE("it is Secure, and was set over http"),
    PREFIX("its name demands what it is not"),
    SAME_SITE("it is SameSite=None without Secure"),
    DOMAIN("its Domain is another one"),
    PATH("its Path is another one"),
    EXPIRED("it had expired when it was set");

    private static final CookieFlaw[] VALUES = values();

    private final String reason;

    CookieFlaw(String reason) {
        this.reason = reason;
    }

    /** Goes on after "because". */
    public String reason() {
        return reason;
    }

    @Override
    public int code() {
        return ordinal();
    }

    public static CookieFlaw of(int code) {
        return Code.of(VALUES, code);
    }
}
