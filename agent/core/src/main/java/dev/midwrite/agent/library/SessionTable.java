package dev.midwrite.agent.library;

import dev.midwrite.agent.point.AttributePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sessions of Spring Session in a database: a row for each attribute. Reads statements only as far as it takes to know which of
 * their parameters is an attribute's name and which its bytes, in the databases' several ways to say insert or update.
 */
final class SessionTable {
    private static final String NAME = "ATTRIBUTE_NAME";
    private static final String VALUE = "ATTRIBUTE_BYTES";

    private static final Pattern MENTIONED = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);

    /** Nobody's statement is longer. */
    private static final int LONGEST = 4_000;

    private static final Pattern TOKEN =
            Pattern.compile("--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|[\\w$#.\"`\\[\\]]+|\\S", Pattern.DOTALL);

    private final List<String> tokens = new ArrayList<>();

    private SessionTable(String text) {
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String each = token.group();
            if (!each.startsWith("--") && !each.startsWith("/*")) {
                tokens.add(plain(each));
            }
        }
    }

    /** Without quotes and without what it is qualified by. */
    private static String plain(String token) {
        String bare = token.replaceAll("[\"`\\[\\]]", "");
        return bare.substring(bare.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    }

    /** Null for a statement that has no attributes. */
    static AttributePlace place(String text) {
        if (!MENTIONED.matcher(text).find()) {
            return null;
        }
        if (text.length() > LONGEST) {
            return new AttributePlace.Unknown();
        }
        SessionTable table = new SessionTable(text);
        if (!table.tokens.contains(NAME)) {
            return null;
        }
        String verb = table.tokens.get(0);
        if (verb.equals("SELECT")) {
            return table.tokens.contains(VALUE) ? new AttributePlace.Columns(NAME, VALUE) : null;
        }
        return table.parameters(verb.equals("DELETE"));
    }

    private AttributePlace parameters(boolean removes) {
        int name = 0;
        int value = 0;
        boolean twice = false;
        int number = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).equals("?")) {
                number++;
                String column = column(i);
                if (column.equals(NAME)) {
                    twice |= name != 0;
                    name = number;
                } else if (column.equals(VALUE)) {
                    twice |= value != 0;
                    value = number;
                }
            }
        }
        boolean known = !twice && name != 0 && (value != 0) != removes;
        return known ? new AttributePlace.Parameters(name, value) : new AttributePlace.Unknown();
    }

    /** The column that the parameter here is for; empty if that does not stand in the text. */
    private String column(int parameter) {
        if (token(parameter - 1).equals("=")) {
            return token(parameter - 2);
        }
        int begin = parameter;
        int end = parameter + 1;
        if (token(parameter - 1).equals("(") && token(parameter - 2).equals("CAST")) {
            begin = parameter - 2;
            end = after(parameter - 1);
        }
        return token(end).equals("AS") ? token(end + 1) : listed(begin);
    }

    /** By its place among others, of which each is for one of a list of columns. */
    private String listed(int begin) {
        int place = 0;
        int depth = 0;
        for (int i = begin - 1; i >= 0; i--) {
            String token = token(i);
            if (token.equals(")")) {
                depth++;
            } else if (depth == 0
                    && (token.equals("SELECT")
                            || (token.equals("(") && token(i - 1).equals("VALUES")))) {
                return place < columns(i).size() ? columns(i).get(place) : "";
            } else if (token.equals("(")) {
                depth--;
            } else if (token.equals(",") && depth == 0) {
                place++;
            }
        }
        return "";
    }

    /** The last list of columns before this place, or the first one after it. */
    private List<String> columns(int at) {
        for (int i = at - 1; i >= 0; i--) {
            if (!list(i).isEmpty()) {
                return list(i);
            }
        }
        for (int i = at + 1; i < tokens.size(); i++) {
            if (!list(i).isEmpty()) {
                return list(i);
            }
        }
        return List.of();
    }

    /** What is in parentheses here, if it is names and commas in turn, with that of attributes' names among them. */
    private List<String> list(int open) {
        List<String> names = new ArrayList<>();
        if (token(open).equals("(")) {
            for (int i = open + 1; i < tokens.size(); i += 2) {
                names.add(token(i));
                if (token(i + 1).equals(")")) {
                    return names.contains(NAME) ? names : List.of();
                }
                if (!token(i + 1).equals(",")) {
                    break;
                }
            }
        }
        return List.of();
    }

    /** Behind the parenthesis that closes this one. */
    private int after(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += token(i).equals("(") ? 1 : token(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    private String token(int at) {
        return at >= 0 && at < tokens.size() ? tokens.get(at) : "";
    }
}
