package dev.midwrite.controller.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges texts in the Prometheus exposition format 0.0.4 into one, where each family has its HELP and TYPE once and all
 * its samples behind them, as the format demands. Not thread-safe.
 */
final class Scrape {
    private static final String HELP = "# HELP ";
    private static final String TYPE = "# TYPE ";
    private static final String UNTYPED = "untyped";
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", UNTYPED);

    private final Map<String, Family> families = new LinkedHashMap<>();

    private static final class Family {
        private String help = "";
        private String type = "";
        private final List<String> samples = new ArrayList<>();
    }

    /** Takes the controller's own meters as they are. */
    void add(String text) {
        add(text, "");
    }

    /**
     * Takes a node's meters with a {@code node} label; a label of this name that they already have becomes
     * {@code exported_node}, as Prometheus itself does it. A family whose type differs from one already taken is left out:
     * a scrape with both would be refused as a whole. So would one with a line that is no sample: such lines are left out, too.
     *
     * @param node empty for no label; else of letters, digits, dot, underscore and hyphen
     */
    void add(String text, String node) {
        Family family = null;
        String name = "";
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(HELP) || line.startsWith(TYPE)) {
                String[] words = line.substring(HELP.length()).strip().split(" ", 2);
                String value = words.length > 1 ? words[1] : "";
                name = words[0];
                if (!SampleLine.isName(name) || (line.startsWith(TYPE) && !TYPES.contains(value))) {
                    continue;
                }
                family = families.computeIfAbsent(name, key -> new Family());
                if (line.startsWith(HELP)) {
                    family.help = family.help.isEmpty() ? value : family.help;
                } else if (family.type.isEmpty()) {
                    family.type = value;
                } else if (!family.type.equals(value)) {
                    family = new Family();
                }
            } else if (node.isEmpty() ? !line.isBlank() && !line.startsWith("#") : SampleLine.isWellFormed(line)) {
                String sample = line.substring(0, SampleLine.nameEnd(line));
                if (family == null || !belongs(sample, name, family.type)) {
                    name = sample;
                    family = families.computeIfAbsent(name, key -> new Family());
                }
                family.samples.add(node.isEmpty() ? line : label(line, sample.length(), node));
            }
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> {
            if (!family.samples.isEmpty()) {
                if (!family.help.isEmpty()) {
                    text.append(HELP)
                            .append(name)
                            .append(' ')
                            .append(family.help)
                            .append('\n');
                }
                String type = family.type.isEmpty() ? UNTYPED : family.type;
                text.append(TYPE).append(name).append(' ').append(type).append('\n');
                family.samples.forEach(sample -> text.append(sample).append('\n'));
            }
        });
        return text.toString();
    }

    private static boolean belongs(String sample, String family, String type) {
        if (sample.equals(family)) {
            return true;
        }
        if (!sample.startsWith(family + "_")) {
            return false;
        }
        String suffix = sample.substring(family.length() + 1);
        return switch (type) {
            case "histogram" -> suffix.equals("bucket") || suffix.equals("sum") || suffix.equals("count");
            case "summary" -> suffix.equals("sum") || suffix.equals("count");
            default -> false;
        };
    }

    private static String label(String line, int name, String node) {
        String own = "node=\"" + node + "\"";
        if (line.length() == name || line.charAt(name) != '{') {
            return line.substring(0, name) + "{" + own + "}" + line.substring(name);
        }
        int end = closing(line, name + 1);
        String labels = exported(line.substring(name + 1, end));
        return line.substring(0, name + 1) + own + (labels.isBlank() ? "" : "," + labels) + line.substring(end);
    }

    /** Renames a label {@code node}; label values are quoted and may hold anything. */
    private static String exported(String labels) {
        StringBuilder renamed = new StringBuilder();
        boolean quoted = false;
        boolean atName = true;
        for (int i = 0; i < labels.length(); i++) {
            char c = labels.charAt(i);
            if (atName && labels.startsWith("node=", i)) {
                renamed.append("exported_");
            }
            atName = !quoted && (c == ',' || (atName && c == ' '));
            renamed.append(c);
            if (quoted && c == '\\' && i + 1 < labels.length()) {
                renamed.append(labels.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            }
        }
        return renamed.toString();
    }

    /** Where the labels end: the first brace that is not inside a quoted value. */
    private static int closing(String line, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '}' && !quoted) {
                return i;
            }
        }
        return line.length();
    }
}
