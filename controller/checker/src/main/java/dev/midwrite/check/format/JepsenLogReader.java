package dev.midwrite.check.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines that Jepsen logs for each operation: {@code INFO jepsen.util - 4 :invoke :cas [1 2]}, or, if the first
 * has no head, {@code 4 :invoke :cas [1 2]} without one. Other lines of a log are passed over, unless they look like an
 * operation: a damaged line must not turn an end into an open operation. Not thread-safe.
 */
final class JepsenLogReader {
    private static final String LEVEL = "\\b(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\\b";
    private static final Pattern OPERATION =
            Pattern.compile(".*?\\bINFO\\b.*?\\bjepsen\\.util\\b(?:\\s+-|:)?\\s+(?:\\[ \\d+ ]\\s+)?(.*)");
    private static final Pattern BARE = Pattern.compile("\\s*(?:\\d+|:[\\w-]+)\\s+:(?:invoke|ok|fail|info)\\s+:.*");
    private static final Pattern LOOKS_LIKE_ONE =
            Pattern.compile("(?:\\d|:(?!type\\b)[\\w-]+)\\s+:(?:invoke|ok|fail|info)\\b");
    private static final Pattern OTHER_LOGGER =
            Pattern.compile(".*?" + LEVEL + "(?:.*?\\s-\\s.*|\\s+(?:\\[[^\\]]*\\]\\s+)?[\\w.$*/-]+:(?:\\s.*)?)");
    private static final Pattern TRACE = Pattern.compile("\\s*|\\s+at\\s.*|\\s*\\.\\.\\. \\d+ more"
            + "|(?:Caused by: |Suppressed: )?[\\w.$]+(?:Exception|Error)(?::.*)?");
    private static final Pattern NAMED =
            Pattern.compile("\\s*:(?!(?:invoke|ok|fail|info)\\s)[\\w-]+\\s+:(?:invoke|ok|fail|info)\\b.*");
    private static final Pattern HEAD = Pattern.compile("(?:\\S+\\s+){0,2}" + LEVEL + ".*");

    /** No line that matters is longer; the patterns take quadratic time on garbage. */
    private static final int LONGEST = 10_000;

    private enum Style {
        HEADED,
        BARE
    }

    private final Pairing pairing;
    private Style style;
    /** What another logger wrote may go on for many lines. */
    private boolean continued;

    private JepsenLogReader(Pairing pairing) {
        this.pairing = pairing;
    }

    static ForeignHistory read(String text, HistoryObject object) throws UnreadableHistoryException {
        Pairing pairing = new Pairing(object);
        JepsenLogReader reader = new JepsenLogReader(pairing);
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            reader.line(++number, line);
        }
        return pairing.finish();
    }

    private void line(int number, String line) throws UnreadableHistoryException {
        if (line.length() > LONGEST) {
            throw new UnreadableHistoryException(number, "longer than " + LONGEST + " characters");
        }
        Matcher headed = OPERATION.matcher(line);
        if (headed.matches()) {
            operation(number, headed.group(1), Style.HEADED);
        } else if (style != Style.HEADED && BARE.matcher(line).matches()) {
            operation(number, line, Style.BARE);
        } else if (!other(line)) {
            throw new UnreadableHistoryException(number, "neither an operation nor another line of a log");
        }
    }

    private boolean other(String line) {
        if (LOOKS_LIKE_ONE.matcher(line).find()) {
            return false;
        }
        if (OTHER_LOGGER.matcher(line).matches()) {
            continued = true;
            return true;
        }
        return TRACE.matcher(line).matches()
                || (continued && !HEAD.matcher(line).matches());
    }

    private void operation(int number, String text, Style found) throws UnreadableHistoryException {
        continued = false;
        if (style != null && style != found) {
            throw new UnreadableHistoryException(number, "not of the form of the operations before");
        }
        style = found;
        Event event = event(number, text);
        if (event != null) {
            pairing.add(event);
        }
    }

    /** @return null for the act of a named process, such as :nemesis */
    private static Event event(int line, String text) throws UnreadableHistoryException {
        if (NAMED.matcher(text).matches()) {
            return null;
        }
        List<Object> words = new ArrayList<>();
        for (Edn.Placed each : new EdnReader(text, line).readAll()) {
            words.add(each.form());
        }
        if (!words.isEmpty() && words.get(0) instanceof Edn.Keyword) {
            throw new UnreadableHistoryException(line, "an operation without a process");
        }
        if (words.size() < 3 || !(words.get(0) instanceof Long process)) {
            throw new UnreadableHistoryException(line, "an operation needs process, type, function and value");
        }
        Event.Type type = Event.Type.of(words.get(1));
        if (type == null) {
            throw new UnreadableHistoryException(line, "the type must be :invoke, :ok, :fail or :info");
        }
        if (!(words.get(2) instanceof Edn.Keyword function)) {
            throw new UnreadableHistoryException(line, "the function must be a keyword");
        }
        boolean definite = type == Event.Type.INVOKE || type == Event.Type.OK;
        if (definite && words.size() != 4) {
            throw new UnreadableHistoryException(line, "an operation needs exactly one value");
        }
        return new Event(line, process, type, function.name(), null, words.size() > 3 ? words.get(3) : null);
    }
}
