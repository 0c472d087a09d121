package dev.midwrite.event;

import java.util.HexFormat;

/**
 * Which span of which trace a request was sent by, as W3C Trace Context writes it into {@link RequestHeaders#TRACE}.
 *
 * @param high and {@code low} the trace's 128 bits, never all 0
 * @param span never 0
 */
public record TraceParent(long high, long low, long span) {
    private static final HexFormat HEX = HexFormat.of();
    /** {@code 00-<32 digits>-<16 digits>-<2 digits>}; later versions may say more behind a further dash. */
    private static final int LENGTH = 55;

    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;

    /** 32 lower-case hexadecimal digits. */
    public String traceId() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    /** 16 lower-case hexadecimal digits. */
    public String spanId() {
        return HEX.toHexDigits(span);
    }

    /** As the header has it, sampled: who asks for a trace wants the service's part of it, too. */
    public String header() {
        return "00-" + traceId() + "-" + spanId() + "-01";
    }

    /**
     * The trace's id in a header.
     *
     * @param header may be null
     * @return 32 digits; empty if the header is none that W3C Trace Context allows
     */
    public static String traceIn(String header) {
        if (header == null || header.length() < LENGTH) {
            return "";
        }
        boolean first = header.startsWith("00-");
        boolean well = (first ? header.length() == LENGTH : header.length() == LENGTH || header.charAt(LENGTH) == '-')
                && !header.startsWith("ff")
                && digits(header, 0, TRACE - 1)
                && header.charAt(TRACE - 1) == '-'
                && digits(header, TRACE, SPAN - 1)
                && header.charAt(SPAN - 1) == '-'
                && digits(header, SPAN, FLAGS - 1)
                && header.charAt(FLAGS - 1) == '-'
                && digits(header, FLAGS, LENGTH)
                && !zeros(header, TRACE, SPAN - 1)
                && !zeros(header, SPAN, FLAGS - 1);
        return well ? header.substring(TRACE, SPAN - 1) : "";
    }

    /** Whether this is the id of a trace. */
    public static boolean isTraceId(String text) {
        return text.length() == SPAN - 1 - TRACE && digits(text, 0, text.length()) && !zeros(text, 0, text.length());
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean zeros(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
