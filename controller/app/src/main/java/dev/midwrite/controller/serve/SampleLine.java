package dev.midwrite.controller.serve;

import java.util.regex.Pattern;

/**
 * A sample in the Prometheus exposition format 0.0.4. A scraper rejects a whole page for one line that is none, so what a node
 * says is looked at before it stands beside what others say.
 */
final class SampleLine {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*+");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*+");
    private static final Pattern REST = Pattern.compile(
            " +(?:[+-]?(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?|[+-]?Inf|NaN)(?: +-?[0-9]++)? *");
    private static final String ESCAPES = "\\\"n";

    private SampleLine() {}

    /** Of a metric, or of a family. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** @param line without its end */
    static boolean isWellFormed(String line) {
        int name = nameEnd(line);
        if (!isName(line.substring(0, name)) || line.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        int rest = name < line.length() && line.charAt(name) == '{' ? labelsEnd(line, name + 1) : name;
        return rest >= 0 && REST.matcher(line.substring(rest)).matches();
    }

    /** Where the name ends, whatever it is. */
    static int nameEnd(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != '{' && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Behind the closing brace; negative if there is something else than labels. */
    private static int labelsEnd(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) != '}') {
            int equals = line.indexOf('=', at);
            if (equals < 0 || !LABEL.matcher(line.substring(at, equals).strip()).matches()) {
                return -1;
            }
            int end = valueEnd(line, equals + 1);
            if (end < 0 || end == line.length() || (line.charAt(end) != ',' && line.charAt(end) != '}')) {
                return -1;
            }
            at = line.charAt(end) == ',' ? end + 1 : end;
        }
        return at < line.length() ? at + 1 : -1;
    }

    /** Behind the closing quote; negative if there is no quoted value. */
    private static int valueEnd(String line, int from) {
        if (from >= line.length() || line.charAt(from) != '"') {
            return -1;
        }
        for (int at = from + 1; at < line.length(); at++) {
            char each = line.charAt(at);
            if (each == '"') {
                return at + 1;
            }
            if (each == '\\' && (++at == line.length() || ESCAPES.indexOf(line.charAt(at)) < 0)) {
                return -1;
            }
        }
        return -1;
    }
}
