package dev.midwrite.check.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the extensible data notation (github.com/edn-format/edn) as far as histories use it, and knows the place of what
 * it cannot read, which the libraries at hand do not. Not thread-safe.
 */
final class EdnReader {
    private static final int DEEPEST = 200;
    /** A whole history may have a tag, and its elements have lines of their own nevertheless. */
    private static final Pattern TAGGED_HISTORY = Pattern.compile("#[A-Za-z][^\\s,;\"(){}\\[\\]]*[\\s,]*[\\[(]");

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;
    private int depth;

    EdnReader(String text) {
        this(text, 1);
    }

    /** @param line number of the text's first line */
    EdnReader(String text, int line) {
        this.text = text;
        this.line = line;
    }

    /** The forms of the text; if it is one vector or list, its elements. */
    List<Edn.Placed> readAll() throws UnreadableHistoryException {
        List<Edn.Placed> forms = new ArrayList<>();
        skip();
        if (TAGGED_HISTORY.matcher(text).region(at, text.length()).lookingAt()) {
            at++;
            token();
            skip();
        }
        if (at < text.length() && (peek() == '[' || peek() == '(')) {
            char close = text.charAt(at++) == '[' ? ']' : ')';
            readUntil(close, forms);
            skip();
            if (at < text.length()) {
                throw error("text after the end of the history");
            }
            return forms;
        }
        while (at < text.length()) {
            forms.add(new Edn.Placed(line, read()));
            skip();
        }
        return forms;
    }

    private void readUntil(char close, List<Edn.Placed> forms) throws UnreadableHistoryException {
        while (true) {
            skip();
            int startLine = line;
            if (at >= text.length()) {
                throw error("the text ends before '" + close + "'");
            }
            if (peek() == close) {
                at++;
                return;
            }
            forms.add(new Edn.Placed(startLine, read()));
        }
    }

    private Object read() throws UnreadableHistoryException {
        if (++depth > DEEPEST) {
            throw error("nested deeper than " + DEEPEST);
        }
        try {
            char c = peek();
            return switch (c) {
                case '"' -> string();
                case '{' -> {
                    at++;
                    yield map();
                }
                case '[' -> {
                    at++;
                    yield forms(']');
                }
                case '(' -> {
                    at++;
                    yield forms(')');
                }
                case '#' -> {
                    at++;
                    yield dispatch();
                }
                case ']', ')', '}' -> throw error("'" + c + "' closes nothing");
                case '\\' -> character();
                default -> atom(token());
            };
        } finally {
            depth--;
        }
    }

    private List<Object> forms(char close) throws UnreadableHistoryException {
        List<Edn.Placed> placed = new ArrayList<>();
        readUntil(close, placed);
        List<Object> forms = new ArrayList<>(placed.size());
        placed.forEach(each -> forms.add(each.form()));
        return Collections.unmodifiableList(forms);
    }

    private Map<Object, Object> map() throws UnreadableHistoryException {
        int startLine = line;
        int startColumn = at - lineStart;
        List<Object> items = forms('}');
        if (items.size() % 2 != 0) {
            throw new UnreadableHistoryException(startLine, startColumn, "a map with a key and no value");
        }
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < items.size(); i += 2) {
            if (map.containsKey(items.get(i))) {
                throw new UnreadableHistoryException(
                        startLine, startColumn, "a map with the key " + items.get(i) + " twice");
            }
            map.put(items.get(i), items.get(i + 1));
        }
        return Collections.unmodifiableMap(map);
    }

    private Object dispatch() throws UnreadableHistoryException {
        if (at >= text.length()) {
            throw error("the text ends after '#'");
        }
        if (peek() == '{') {
            at++;
            List<Object> items = forms('}');
            Set<Object> set = new HashSet<>(items);
            return Collections.unmodifiableSet(set);
        }
        if (peek() == '#') {
            at++;
            return new Edn.Symbol("##" + token()); // ##NaN, ##Inf
        }
        if (!Character.isLetter(peek()) && peek() != ':') {
            throw error("'#" + peek() + "' is not of this notation");
        }
        String tag = token();
        skip();
        if (at >= text.length()) {
            throw error("the text ends after the tag #" + tag);
        }
        return new Edn.Tagged(tag, read());
    }

    private String string() throws UnreadableHistoryException {
        StringBuilder content = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return content.toString();
            }
            if (c == '\n') {
                newLine();
            }
            content.append(c == '\\' ? escape() : c);
        }
        throw error("the text ends within a string");
    }

    private char escape() throws UnreadableHistoryException {
        if (at >= text.length()) {
            throw error("the text ends within a string");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/', '\'' -> c;
            case 'u' -> unicode();
            default -> throw error("'\\" + c + "' is no escape");
        };
    }

    private char unicode() throws UnreadableHistoryException {
        int end = Math.min(at + 4, text.length());
        String digits = text.substring(at, end);
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw error("'\\u' without four hexadecimal digits");
        }
        at = end;
        return (char) Integer.parseInt(digits, 16);
    }

    private Object character() {
        int start = at;
        at = Math.min(at + 2, text.length());
        token();
        return new Edn.Symbol(text.substring(start, at));
    }

    private String token() {
        int start = at;
        while (at < text.length() && !delimits(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private Object atom(String token) throws UnreadableHistoryException {
        if (token.isEmpty()) {
            throw error("no form begins with this character");
        }
        if (token.equals("nil")) {
            return null;
        }
        if (token.equals("true") || token.equals("false")) {
            return token.equals("true");
        }
        char first = token.charAt(0);
        if (first == ':') {
            if (token.length() == 1) {
                throw error("a keyword without a name");
            }
            return new Edn.Keyword(token.substring(1));
        }
        boolean signed = (first == '-' || first == '+') && token.length() > 1;
        if (digit(token.charAt(signed ? 1 : 0))) {
            return number(token);
        }
        if (first < ' ' || first == '\uFFFD') {
            throw error("a control character");
        }
        return new Edn.Symbol(token);
    }

    private Object number(String token) throws UnreadableHistoryException {
        try {
            if (token.matches("[+-]?\\d+N?")) {
                BigInteger whole = new BigInteger(token.endsWith("N") ? token.substring(0, token.length() - 1) : token);
                return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
            }
            if (token.matches("[+-]?\\d+/\\d+|[+-]?0[xX][0-9a-fA-F]+")) {
                return new Edn.Symbol(token);
            }
            // An exponent of a million digits is a trap, not a number.
            if (token.matches("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d{1,4})?M?")) {
                return new BigDecimal(token.endsWith("M") ? token.substring(0, token.length() - 1) : token)
                        .stripTrailingZeros();
            }
        } catch (NumberFormatException e) {
            throw error("'" + token + "' is no number");
        }
        throw error("'" + (token.length() > 40 ? token.substring(0, 40) + "…" : token) + "' is no number");
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean delimits(char c) {
        return Character.isWhitespace(c) || ",;\"()[]{}".indexOf(c) >= 0;
    }

    /** Passes over white space, commas, comments and discarded forms. */
    private void skip() throws UnreadableHistoryException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                at++;
                newLine();
            } else if (Character.isWhitespace(c) || c == ',') {
                at++;
            } else if (c == ';') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("#_", at)) {
                at += 2;
                discard();
            } else {
                return;
            }
        }
    }

    private void discard() throws UnreadableHistoryException {
        if (++depth > DEEPEST) {
            throw error("nested deeper than " + DEEPEST);
        }
        skip();
        if (at >= text.length()) {
            throw error("the text ends after '#_'");
        }
        read();
        depth--;
    }

    private void newLine() {
        line++;
        lineStart = at;
    }

    private char peek() {
        return text.charAt(at);
    }

    private UnreadableHistoryException error(String reason) {
        return new UnreadableHistoryException(line, Math.max(1, at - lineStart + 1), reason);
    }
}
