package dev.midwrite.controller.users;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one session's requests know by name: the user's credentials, and what steps took from answers. Shown by nobody.
 * Thread-safe.
 */
public final class Variables {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

    private final Map<String, String> values = new ConcurrentHashMap<>();

    public Variables(Map<String, String> first) {
        values.putAll(first);
    }

    public void put(Map<String, String> taken) {
        values.putAll(taken);
    }

    /** A copy that goes its own way from now on. */
    public Variables copy() {
        return new Variables(values);
    }

    /** A copy with one more. */
    public Variables with(String name, String value) {
        Variables copy = new Variables(values);
        copy.values.put(name, value);
        return copy;
    }

    /**
     * The text with values in the place of {@code {name}}; empty if one of them is not known.
     *
     * @param encode what the text's language needs of a value
     */
    Optional<String> fill(String text, UnaryOperator<String> encode) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(encode.apply(value)));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }

    /** The first name in the text that is not known; empty if all are. */
    Optional<String> unknown(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !values.containsKey(name))
                .findFirst();
    }
}
