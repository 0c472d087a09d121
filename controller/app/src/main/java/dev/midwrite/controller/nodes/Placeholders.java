package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in the place of {@code {name}}; {@code ${name}} belongs to somebody else and stays. */
record Placeholders(Map<String, String> values) {
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{([a-z]+(?:\\.[a-z0-9]+)*)}");

    /** @throws Problem if a name has no value */
    String fill(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                throw new Problem("There is no placeholder " + matcher.group() + " for this command or environment;"
                        + " there are " + new TreeSet<>(values.keySet()) + ".");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString();
    }
}
