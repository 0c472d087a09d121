package dev.midwrite.controller.plan;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector;

/** Reads one step of a flow. */
final class FlowStepReader {
    static final Set<String> KEYS = Set.of(
            "step",
            "get",
            "post",
            "put",
            "delete",
            "headers",
            "basic",
            "bearer",
            "form",
            "json",
            "expect",
            "location",
            "take",
            "think");
    static final Set<String> TAKE_KEYS = Set.of("css", "attribute", "json", "header", "regex", "cookie");
    static final Extraction NOWHERE = new Extraction(Extraction.Source.HEADER, "", "");
    static final FlowStep NOTHING =
            new FlowStep("", "GET", "/", Map.of(), Map.of(), "", Set.of(), "", Map.of(), Duration.ZERO);

    private static final List<String> METHODS = List.of("get", "post", "put", "delete");

    private FlowStepReader() {}

    static FlowStep read(Section section) {
        List<String> methods = METHODS.stream().filter(section::has).toList();
        if (methods.size() != 1) {
            section.complain("step", "a step needs one of get, post, put, delete with a path");
        }
        String method = methods.isEmpty() ? "get" : methods.get(0);
        String path = section.text(method, "/");
        if (!path.startsWith("/")) {
            section.complain(method, "'" + method + "' must be a path that begins with /, not '" + path + "'");
        }
        Map<String, String> form = section.environment("form");
        String json = section.text("json", "");
        if (!form.isEmpty() && !json.isEmpty()) {
            section.complain("json", "a step has either a 'form' or 'json'");
        }
        if (method.equals("get") && (!form.isEmpty() || !json.isEmpty())) {
            section.complain("get", "a get has no body; use post, or put the values into the path");
        }
        return new FlowStep(
                section.text("step", method.toUpperCase(Locale.ROOT) + " " + path),
                method.toUpperCase(Locale.ROOT),
                path,
                headers(section),
                form,
                json,
                expect(section),
                section.text("location", ""),
                take(section),
                section.duration("think", Duration.ZERO));
    }

    /** {@code headers}, {@code basic} and {@code bearer} of a step or of the whole flow. */
    static Map<String, String> headers(Section section) {
        Map<String, String> headers = new LinkedHashMap<>(section.environment("headers"));
        if (section.has("basic")) {
            headers.put("Authorization", "Basic " + section.text("basic", ""));
        }
        if (section.has("bearer")) {
            headers.put("Authorization", "Bearer " + section.text("bearer", ""));
        }
        return Collections.unmodifiableMap(headers);
    }

    private static Set<Integer> expect(Section section) {
        Set<Integer> statuses = new LinkedHashSet<>();
        for (String text : section.words("expect", List.of())) {
            if (text.matches("[1-5][0-9]{2}")) {
                statuses.add(Integer.parseInt(text));
            } else {
                section.complain("expect", "'expect' takes statuses such as 200 or [200, 302], not '" + text + "'");
            }
        }
        return statuses;
    }

    private static Map<String, Extraction> take(Section section) {
        Map<String, Extraction> takes = new LinkedHashMap<>();
        if (section.has("take")) {
            Section block = section.section("take", Set.of());
            for (String name : new ArrayList<>(block.keys())) {
                if (!name.matches("[a-z][a-z0-9-]*")) {
                    section.complain("take", "a name is made of small letters, digits and -, not '" + name + "'");
                }
                takes.put(name, extraction(block.section(name, TAKE_KEYS)));
            }
        }
        return Collections.unmodifiableMap(takes);
    }

    static Extraction extraction(Section section) {
        List<Extraction.Source> given = new ArrayList<>();
        for (Extraction.Source source : Extraction.Source.values()) {
            if (section.has(DrillFile.label(source))) {
                given.add(source);
            }
        }
        if (given.size() != 1) {
            section.complain("", "a value is taken by one of css, json, header, regex, cookie");
            return NOWHERE;
        }
        Extraction.Source source = given.get(0);
        String key = DrillFile.label(source);
        String expression = section.text(key, "");
        try {
            switch (source) {
                case CSS -> QueryParser.parse(expression);
                case JSON -> JsonPointer.compile(expression);
                case REGEX -> Pattern.compile(expression);
                default -> {
                    // A name.
                }
            }
        } catch (Selector.SelectorParseException | IllegalArgumentException e) {
            section.complain(
                    key,
                    "'" + key + "' cannot be read: "
                            + e.getMessage().lines().findFirst().orElse(""));
        }
        if (section.has("attribute") && source != Extraction.Source.CSS) {
            section.complain("attribute", "'attribute' is for css");
        }
        return new Extraction(source, expression, section.text("attribute", ""));
    }
}
