package dev.midwrite.agent.library;

import java.util.Locale;

/**
 * The text of one SQL statement, read as far as its name needs: verb and first table.
 *
 * <p>Literals may hold anything, also secrets: of all that stands in the text only a leading word and the identifier at the
 * place of a table are ever given out. Not thread-safe.
 */
final class Sql {
    /** Nobody's first table stands later. */
    private static final int FAR = 4_000;
    /** Longer identifiers are no tables. */
    private static final int LONGEST = 128;

    private static final String NOTHING = "";
    private static final String UNKNOWN = "SQL";

    private final String text;
    private final int end;
    private int at;

    Sql(String text) {
        this.text = text;
        this.end = Math.min(text.length(), FAR);
    }

    /** Empty for one that only asks whether the connection lives: no text at all, or a constant. */
    String name() {
        blanks();
        while (at < end && "{(?=;".indexOf(text.charAt(at)) >= 0) { // Of {? = call f(?)} and (SELECT ...).
            at++;
            blanks();
        }
        if (at < end && !Character.isLetter(text.charAt(at))) {
            return UNKNOWN;
        }
        String verb = word().toUpperCase(Locale.ROOT);
        return switch (verb) {
            case "" -> NOTHING;
            case "INSERT", "MERGE", "REPLACE" -> with(verb, after("INTO"));
            case "DELETE" -> with(verb, after("FROM"));
            case "SELECT" -> selected();
            case "UPDATE" -> with(verb, updated());
            case "CALL" -> with(verb, identifier());
            case "VALUES" -> isConstant() ? NOTHING : verb;
            default -> verb.length() > LONGEST ? UNKNOWN : verb;
        };
    }

    private static String with(String verb, String table) {
        return table.isEmpty() ? verb : verb + " " + table;
    }

    private String selected() {
        int start = at;
        String table = after("FROM");
        if (table.isEmpty() || table.equalsIgnoreCase("DUAL")) {
            at = start;
            if (isConstant()) {
                return NOTHING;
            }
        }
        return with("SELECT", table);
    }

    private boolean isConstant() {
        blanks();
        return at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private String updated() {
        String table = identifier();
        return table.equalsIgnoreCase("ONLY") ? identifier() : table;
    }

    /** The identifier that follows this word. */
    private String after(String keyword) {
        while (at < end) {
            blanks();
            if (at >= end) {
                break;
            }
            if (isWord(text.charAt(at))) {
                if (word().equalsIgnoreCase(keyword)) {
                    return identifier();
                }
            } else {
                skip();
            }
        }
        return NOTHING;
    }

    /** A literal, a quoted identifier, or one character. */
    private void skip() {
        char quote = text.charAt(at++);
        if (quote == '\'' || quote == '"' || quote == '`') {
            while (at < end && text.charAt(at) != quote) {
                at++;
            }
            at++;
        }
    }

    /** With its schema, without quotes; empty if something else stands here. */
    private String identifier() {
        blanks();
        if (at < end && Character.isDigit(text.charAt(at))) {
            return NOTHING;
        }
        StringBuilder name = new StringBuilder();
        while (at < end && name.length() < LONGEST) {
            char next = text.charAt(at);
            if (isWord(next) || next == '.') {
                name.append(next);
            } else if (next != '"' && next != '`' && next != '[' && next != ']') {
                break;
            }
            at++;
        }
        return name.toString();
    }

    private String word() {
        blanks();
        int start = at;
        while (at < end && isWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** White space and comments. */
    private void blanks() {
        while (at < end) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                to("\n");
            } else if (text.startsWith("/*", at)) {
                to("*/");
            } else {
                return;
            }
        }
    }

    private void to(String mark) {
        int found = text.indexOf(mark, at);
        at = found < 0 ? end : found + mark.length();
    }

    private static boolean isWord(char each) {
        return Character.isLetterOrDigit(each) || each == '_' || each == '$' || each == '#';
    }
}
