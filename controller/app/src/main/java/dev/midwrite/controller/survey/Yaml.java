package dev.midwrite.controller.survey;

import java.util.stream.Collectors;

/** Texts as YAML takes them. */
final class Yaml {
    private Yaml() {}

    /** As YAML reads it back: plain if it is nothing but a word, else between quotes. */
    static String quoted(String text) {
        if (text.matches("[A-Za-z/][A-Za-z0-9_./-]*") && !text.matches("(?i)true|false|yes|no|on|off|null|y|n")) {
            return text;
        }
        return text.chars()
                .mapToObj(character -> switch (character) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    case '\n' -> "\\n";
                    case '\t' -> "\\t";
                    default -> String.valueOf((char) character);
                })
                .collect(Collectors.joining("", "\"", "\""));
    }
}
