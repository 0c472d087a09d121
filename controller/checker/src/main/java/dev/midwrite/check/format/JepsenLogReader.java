package dev.midwrite.check.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines that Jepsen logs for each operation: {@code INFO jepsen.util - 4 :invoke :cas [1 2]}. Other lines of a
 * log are passed over, unless they look like an operation: a damaged line must not turn an end into an open operation.
 */
final class JepsenLogReader {
    private static final Pattern OPERATION = Pattern.compile(".*?\\bINFO\\b.*?\\bjepsen\\.util\\b(?:\\s+-)?\\s+(.*)");
    private static final Pattern OTHER = Pattern.compile(
            "\\s*|.*?\\b(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\\b.*?\\s-\\s.*|\\s+at\\s.*|\\s*\\.\\.\\. \\d+ more"
                    + "|(?:Caused by: |Suppressed: )?[\\w.$]+(?:Exception|Error)(?::.*)?");
    private static final Pattern TYPE = Pattern.compile(":(?:invoke|ok|fail|info)\\b");

    /** No line of a log is longer; the patterns take quadratic time on garbage. */
    private static final int LONGEST = 10_000;

    private JepsenLogReader() {}

    static ForeignHistory read(String text, HistoryObject object) throws UnreadableHistoryException {
        Pairing pairing = new Pairing(object);
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.length() > LONGEST) {
                throw new UnreadableHistoryException(number, "longer than " + LONGEST + " characters");
            }
            Matcher operation = OPERATION.matcher(line);
            if (operation.matches()) {
                Event event = event(number, operation.group(1));
                if (event != null) {
                    pairing.add(event);
                }
            } else if (!OTHER.matcher(line).matches() || TYPE.matcher(line).find()) {
                throw new UnreadableHistoryException(number, "neither an operation nor another line of a log");
            }
        }
        return pairing.finish();
    }

    /** @return null for the act of a named process, such as :nemesis */
    private static Event event(int line, String text) throws UnreadableHistoryException {
        List<Object> words = new ArrayList<>();
        for (Edn.Placed each : new EdnReader(text, line).readAll()) {
            words.add(each.form());
        }
        if (!words.isEmpty() && words.get(0) instanceof Edn.Keyword process) {
            if (Event.Type.of(process) == null) {
                return null;
            }
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
