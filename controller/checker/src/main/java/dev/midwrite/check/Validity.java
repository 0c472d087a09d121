package dev.midwrite.check;

/** Does a property hold? Merging takes the worst: false over unknown over true (as Jepsen's valid-priorities). */
public enum Validity {
    TRUE,
    UNKNOWN,
    FALSE;

    public Validity merge(Validity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
