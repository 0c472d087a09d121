package dev.midwrite.agent.fault;

import dev.midwrite.agent.fault.Policy.Limit;
import dev.midwrite.agent.fault.Policy.Rule;
import dev.midwrite.event.FaultKind;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Reads a policy: a file of {@link Properties} with one limit a line.
 *
 * <p>On the host's main thread: no lambda, no file system of NIO. Whatever is wrong with the file, nothing is permitted.
 */
public final class PolicyFile {
    private static final int LARGEST_BYTES = 64 << 10;
    private static final String LABELLED = "labelled";
    private static final String NUMBER = "[0-9]{1,7}";

    private final Set<FaultKind> options;
    private final String name;
    private final Map<Limit, Rule> rules = new EnumMap<>(Limit.class);

    private PolicyFile(Set<FaultKind> options, String name) {
        this.options = options;
        this.name = name;
    }

    /** What makes no sense; the message is one sentence without a full stop. */
    private static final class Flaw extends Exception {
        private static final long serialVersionUID = 1;

        Flaw(String message) {
            super(message);
        }
    }

    /** @param options faults that are permitted at all */
    public static Policy read(File file, Set<FaultKind> options) {
        try (FileInputStream from = new FileInputStream(file)) {
            byte[] bytes = from.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new Flaw("it is longer than " + LARGEST_BYTES + " bytes");
            }
            return new PolicyFile(options, file.getName()).parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException | Flaw e) {
            return Policy.nothing("the policy " + file + " cannot be read: " + e.getMessage());
        }
    }

    private Policy parse(String text) throws IOException, Flaw {
        Map<String, Integer> places = places(text);
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        for (String key : properties.stringPropertyNames()) {
            Integer line = places.get(key);
            if (line == null) {
                throw new Flaw("'" + key + "' is written with an escape");
            }
            rule(key, properties.getProperty(key).trim(), line);
        }
        return Policy.of(options, name, rules);
    }

    /** The line of each key, from 1. */
    private static Map<String, Integer> places(String text) throws Flaw {
        Map<String, Integer> places = new HashMap<>();
        boolean goesOn = false;
        int number = 0;
        for (String line : text.split("\r\n|\r|\n", -1)) {
            number++;
            String stripped = line.strip();
            boolean isComment = stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith("!");
            if (goesOn || !isComment) {
                if (!goesOn && places.put(stripped.split("[=:\\s]", 2)[0], number) != null) {
                    throw new Flaw("line " + number + " has a key that was there before");
                }
                goesOn = stripped.matches(".*[^\\\\](\\\\\\\\)*\\\\|(\\\\\\\\)*\\\\");
            }
        }
        return places;
    }

    private void rule(String key, String value, int line) throws Flaw {
        Limit limit = limit(key, line);
        String text = name + ":" + line + ": " + key + " = " + value;
        Set<FaultKind> faults = Set.of();
        Set<String> words = Set.of();
        double most = 0;
        long per = 0;
        String[] parts = value.split("/", -1);
        switch (limit) {
            case FAULTS -> faults = faults(words(value), line);
            case POINTS -> words = words(value);
            case SESSIONS -> {
                if (!value.equals(LABELLED)) {
                    throw new Flaw("line " + line + ": the only sessions that can be told are '" + LABELLED + "', not '"
                            + value + "'");
                }
            }
            case MAX_SHARE -> most = share(value, line);
            case MAX_DELAY, MAX_DURATION -> most = nanos(value, line);
            case MAX_RATE -> {
                if (parts.length != 2 || !parts[0].trim().matches(NUMBER) || Integer.parseInt(parts[0].trim()) == 0) {
                    throw new Flaw("line " + line + ": a rate is written as 5/s or 100/min, not '" + value + "'");
                }
                most = Integer.parseInt(parts[0].trim());
                per = nanos("1" + parts[1].trim(), line);
            }
        }
        rules.put(limit, new Rule(text, faults, words, most, per));
    }

    private static Limit limit(String key, int line) throws Flaw {
        for (Limit limit : Limit.values()) {
            if (limit.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(key)) {
                return limit;
            }
        }
        throw new Flaw("line " + line + ": there is no limit '" + key + "'");
    }

    private static Set<String> words(String value) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(value.split("[,\\s]+")));
        words.remove("");
        return words;
    }

    private static Set<FaultKind> faults(Set<String> words, int line) throws Flaw {
        EnumSet<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        for (String word : words) {
            FaultKind known = null;
            for (FaultKind fault : FaultKind.values()) {
                known = fault != FaultKind.NONE && fault.label().equals(word) ? fault : known;
            }
            if (known == null) {
                throw new Flaw("line " + line + ": there is no fault '" + word + "'");
            }
            faults.add(known);
        }
        return faults;
    }

    private static double share(String value, int line) throws Flaw {
        double share = value.matches("[0-9.]{1,20}") ? Double.parseDouble(value) : -1;
        if (!(share >= 0 && share <= 1)) {
            throw new Flaw("line " + line + ": a share is from 0 to 1, not '" + value + "'");
        }
        return share;
    }

    private static long nanos(String value, int line) throws Flaw {
        String number = value.replaceFirst("\\s*[a-z]+$", "");
        String unit = value.substring(number.length()).trim();
        long scale = switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m", "min" -> 60_000_000_000L;
            default -> 0;
        };
        if (scale == 0 || !number.matches(NUMBER)) {
            throw new Flaw("line " + line + ": a time is written as 500ms, 2s or 1min, not '" + value + "'");
        }
        return Long.parseLong(number) * scale;
    }
}
