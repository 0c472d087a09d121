package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with their units, as drills write them: {@code 250ms}, {@code 64 B}, {@code 2/s}, {@code 25%}. */
final class Quantity {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([A-Za-z/%]*)");
    private static final Map<String, Double> NANOS = units("us", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);
    private static final Map<String, Double> BYTES = units("B", 1, "KiB", 1024, "MiB", 1048576, "kB", 1e3, "MB", 1e6);
    private static final Map<String, Double> PER_SECOND = units("/s", 1, "/m", 1 / 60.0);
    private static final Map<String, Double> SHARE = units("", 1, "%", 0.01);

    private Quantity() {}

    /** From {@code us} to {@code h}; empty if there is no number or no such unit. */
    static Optional<Duration> duration(String text) {
        return scaled(text, NANOS)
                .filter(nanos -> nanos < Long.MAX_VALUE)
                .map(nanos -> Duration.ofNanos(Math.round(nanos)));
    }

    /** A duration, or one with a sign. */
    static Optional<Duration> offset(String text) {
        String stripped = text.strip();
        boolean signed = stripped.startsWith("-") || stripped.startsWith("+");
        return duration(signed ? stripped.substring(1) : stripped)
                .map(offset -> stripped.startsWith("-") ? offset.negated() : offset);
    }

    static Optional<Long> bytes(String text) {
        return scaled(text, BYTES).filter(bytes -> bytes < Long.MAX_VALUE).map(Math::round);
    }

    /** {@code 64 KiB/s}, in bytes per second; empty if that is less than one. */
    static Optional<Long> byteRate(String text) {
        String stripped = text.strip();
        return stripped.endsWith("/s")
                ? bytes(stripped.substring(0, stripped.length() - 2)).filter(rate -> rate > 0)
                : Optional.empty();
    }

    /** Per second. */
    static Optional<Double> rate(String text) {
        return scaled(text, PER_SECOND);
    }

    /** {@code 0.25} or {@code 25%}; empty if it is not from 0 to 1. */
    static Optional<Double> share(String text) {
        return scaled(text, SHARE).filter(share -> share <= 1);
    }

    private static Optional<Double> scaled(String text, Map<String, Double> units) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Double factor = units.get(matcher.group(2));
        return Optional.ofNullable(factor).map(f -> Double.parseDouble(matcher.group(1)) * f);
    }

    private static Map<String, Double> units(Object... pairs) {
        Map<String, Double> units = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            units.put((String) pairs[i], ((Number) pairs[i + 1]).doubleValue());
        }
        return Map.copyOf(units);
    }
}
