package dev.midwrite.controller.report;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/**
 * What a terminal can show.
 *
 * @param colour ANSI colours
 * @param marks all of {@link #MARKS}; else they are spelt in ASCII, because what cannot be encoded prints as a question
 *     mark, which means "undecided" here
 */
public record Terminal(boolean colour, boolean marks) {
    /** Every character beyond ASCII in our own words. */
    private static final String MARKS = "✔✖–…∞·→µ≥";

    private static final int WIDEST = "FAIL".length();

    /** Text for a file, or for a terminal that shows everything. */
    public static final Terminal PLAIN = new Terminal(false, true);

    public static Terminal of(boolean colour, Charset charset) {
        return new Terminal(colour, charset.canEncode() && charset.newEncoder().canEncode(MARKS));
    }

    /** A text as this terminal can show it. */
    String text(String text) {
        return marks ? text : spelt(text);
    }

    /** What stands for a mark in its column; all of them are as wide. */
    String mark(String mark) {
        if (marks) {
            return mark;
        }
        String spelt = spelt(mark);
        return spelt + " ".repeat(WIDEST - spelt.length());
    }

    private static String spelt(String text) {
        StringBuilder spelt = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            spelt.append(spelt(text.charAt(i)));
        }
        return spelt.toString();
    }

    /** One character that an encoder may not know. */
    public static String spelt(char character, CharsetEncoder encoder) {
        return encoder.canEncode(character) ? String.valueOf(character) : spelt(character);
    }

    private static String spelt(char character) {
        return switch (character) {
            case '✔' -> "ok";
            case '✖' -> "FAIL";
            case '–' -> "-";
            case '…' -> "...";
            case '∞' -> "inf";
            case '·' -> "|";
            case '→' -> "->";
            case 'µ' -> "u";
            case '≥' -> ">=";
            default -> String.valueOf(character);
        };
    }
}
