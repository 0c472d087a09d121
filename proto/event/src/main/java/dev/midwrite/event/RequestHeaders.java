package dev.midwrite.event;

/** What a request says of itself, to whoever journals it. Constants, so that woven code may name them. */
public final class RequestHeaders {
    /** The request's id: 16 lower-case hex digits, never all 0. An attempt that is repeated has the same. */
    public static final String REQUEST = "X-Midwrite-Request";

    /** Label of the session that it is about: 16 lower-case hex digits. */
    public static final String SESSION = "X-Midwrite-Session";

    /** The trace that it belongs to: {@link TraceParent}. */
    public static final String TRACE = "traceparent";

    private RequestHeaders() {}
}
