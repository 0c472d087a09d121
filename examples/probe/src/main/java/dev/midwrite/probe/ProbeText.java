package dev.midwrite.probe;

import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * What the probe stores, as strings. A value keeps its place at the front, so that who sees the attribute knows the write
 * that made it; what belongs to it follows after a bar.
 */
final class ProbeText {
    /** Begins like a value and is none, as damage does. */
    static final String DAMAGED = "mw1:damaged";

    private static final char BAR = '|';
    private static final int DIGITS = 16;
    private static final String FILLER = "abcdefghijklmnop";

    private ProbeText() {}

    /** 16 digits. */
    static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }

    /** @return 0 if it is none, and then the consumer is told */
    static long number(String text, int radix, Consumer<String> damage) {
        try {
            return radix == 16 ? Long.parseUnsignedLong(text, radix) : Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            damage.accept(shown(text) + " is no number");
            return 0;
        }
    }

    /** Numbers in 16 digits each, without anything between. */
    static String joined(long[] numbers) {
        StringBuilder text = new StringBuilder(numbers.length * DIGITS);
        for (long number : numbers) {
            text.append(hex(number));
        }
        return text.toString();
    }

    /** @return none if these are no numbers, and then the consumer is told */
    static long[] numbers(String text, Consumer<String> damage) {
        long[] numbers = new long[text.length() / DIGITS];
        try {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Long.parseUnsignedLong(text.substring(i * DIGITS, (i + 1) * DIGITS), 16);
            }
        } catch (NumberFormatException e) {
            damage.accept(shown(text) + " is no list");
            return new long[0];
        }
        if (text.length() % DIGITS != 0) {
            damage.accept("a list of " + text.length() + " characters");
            return new long[0];
        }
        return numbers;
    }

    /** Value and parent. */
    static String joined(String[] pair) {
        return pair[0] + BAR + (pair[1] == null ? "" : pair[1]);
    }

    /** Value and parent, each null for none. */
    static String[] pair(String stored) {
        if (stored == null) {
            return new String[] {null, null};
        }
        int bar = stored.indexOf(BAR);
        if (bar < 0) {
            return new String[] {DAMAGED, null};
        }
        String parent = stored.substring(bar + 1);
        return new String[] {stored.substring(0, bar), parent.isEmpty() ? null : parent};
    }

    static String padded(String stamp, int padding) {
        return padding == 0 ? stamp : stamp + BAR + filler(padding);
    }

    /** The stamp of what was padded so; damage if the padding is not as it was. */
    static String unpadded(String stored, int padding) {
        if (stored == null || padding == 0) {
            return stored;
        }
        int bar = stored.indexOf(BAR);
        return bar >= 0 && stored.substring(bar + 1).equals(filler(padding)) ? stored.substring(0, bar) : DAMAGED;
    }

    private static String filler(int length) {
        return FILLER.repeat(length / FILLER.length() + 1).substring(0, length);
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
