package dev.midwrite.agent.run;

import java.util.Locale;

/** The agent's options; {@code docs/configuration.md} is their table, and a test compares the two. */
enum Option {
    ENABLED("enabled"),
    NODE("node"),
    CONTROLLER("controller"),
    TOKEN("token"),
    CERTIFICATE("certificate"),
    KEY("key"),
    CA("ca"),
    JOURNAL("journal"),
    JOURNAL_MEBIBYTES("journal-mebibytes"),
    JOURNAL_KEEP("journal-keep"),
    LOG("log"),
    METRICS_PORT("metrics-port"),
    DISABLE("disable"),
    POINTS("points"),
    FAULTS("faults"),
    POLICY("policy"),
    PROBE("probe"),
    KILL_SWITCH("kill-switch"),
    NO_FAULTS("no-faults");

    static final String PROPERTY_PREFIX = "midwrite.";
    static final String VARIABLE_PREFIX = "MIDWRITE_";

    private static final Option[] VALUES = values();

    private final String key;

    Option(String key) {
        this.key = key;
    }

    /** In agent arguments; as a system property after {@link #PROPERTY_PREFIX}. */
    String key() {
        return key;
    }

    /** The environment variable. */
    String variable() {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Null if there is none of this name. */
    static Option of(String key) {
        for (Option option : VALUES) {
            if (option.key.equals(key)) {
                return option;
            }
        }
        return null;
    }
}
