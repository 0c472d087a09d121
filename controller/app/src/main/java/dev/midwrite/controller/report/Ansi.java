package dev.midwrite.controller.report;

import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;

/** Colours of a terminal, or none. */
final class Ansi {
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";

    private final boolean on;

    Ansi(boolean on) {
        this.on = on;
    }

    String verdict(Verdict verdict, String text) {
        return switch (verdict) {
            case PASS -> paint("1;" + GREEN, text);
            case FAIL, GATE_MISSED -> paint("1;" + RED, text);
            case INCONCLUSIVE, VACUOUS, INVALID -> paint("1;" + YELLOW, text);
        };
    }

    String severity(Severity severity, String text) {
        return switch (severity) {
            case HARD -> paint(RED, text);
            case SOFT -> paint(YELLOW, text);
            case INFO -> text;
        };
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return on ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
