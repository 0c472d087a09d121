package dev.midwrite.controller.incident;

import dev.midwrite.check.Anomaly;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.incident.Incident.Explained;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads an incident from its page: a head for this program between two lines of dashes, then text for people. */
final class IncidentPage {
    private static final Pattern PARTS = Pattern.compile("(?s)\\A---\n(.*?)\n---\n\n(.*)\\z");
    private static final Pattern TITLE = Pattern.compile("\\A# (.+)\n");
    private static final Pattern COURSE = Pattern.compile("(?s)\n## Drill\n.*?\n```yaml\n(.*?)```\n");

    private final String name;
    private final Map<?, ?> head;
    private final String page;

    private IncidentPage(String name, String text) {
        this.name = name;
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw broken("begins with a head between two lines of dashes, and has none");
        }
        this.head = head(parts.group(1));
        this.page = parts.group(2);
    }

    /** @throws Problem if something is missing */
    static Incident read(String name, String text) {
        return new IncidentPage(name, text).incident();
    }

    private Map<?, ?> head(String yaml) {
        try {
            if (new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml) instanceof Map<?, ?> map) {
                return map;
            }
            throw broken("has a head without keys");
        } catch (YAMLException e) {
            throw broken("has a head that is no YAML: "
                    + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private Incident incident() {
        return new Incident(
                name,
                part(TITLE, "title"),
                explains(),
                misses(),
                StoreNeed.of(text("needs"))
                        .orElseThrow(() -> broken("needs a store that is not known: " + text("needs"))),
                text("broken"),
                text("mended"),
                Optional.ofNullable(head.get("run")).map(each -> text("run")),
                part(COURSE, "course"),
                page);
    }

    private List<Explained> explains() {
        if (!head.containsKey("findings") && head.containsKey("misses")) {
            return List.of();
        }
        if (!(head.get("findings") instanceof Map<?, ?> findings) || findings.isEmpty()) {
            throw broken("names no findings");
        }
        List<Explained> explains = new ArrayList<>();
        findings.forEach((finding, cause) -> explains.add(new Explained(
                anomaly(String.valueOf(finding)),
                Optional.ofNullable(cause).map(each -> pattern(String.valueOf(each))))));
        return List.copyOf(explains);
    }

    private List<String> misses() {
        if (!head.containsKey("misses")) {
            return List.of();
        }
        if (!(head.get("misses") instanceof List<?> figures) || figures.isEmpty()) {
            throw broken("has no list of figures for 'misses' in its head");
        }
        return figures.stream().map(String::valueOf).toList();
    }

    private Pattern pattern(String cause) {
        try {
            return Pattern.compile(cause);
        } catch (PatternSyntaxException e) {
            throw new Problem(sentence("tells a cause by what is no pattern: " + e.getDescription()), e);
        }
    }

    private Anomaly anomaly(String finding) {
        return Arrays.stream(Anomaly.values())
                .filter(anomaly -> anomaly.name().equals(finding))
                .findFirst()
                .orElseThrow(() -> broken("names a finding that there is not: " + finding));
    }

    private String text(String key) {
        if (head.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw broken("has no text for '" + key + "' in its head");
    }

    private String part(Pattern pattern, String what) {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw broken("has no " + what);
        }
        return matcher.group(1);
    }

    private Problem broken(String what) {
        return new Problem(sentence(what));
    }

    private String sentence(String what) {
        return "The page of the incident " + name + " " + what + ".";
    }
}
