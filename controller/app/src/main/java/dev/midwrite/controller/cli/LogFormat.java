package dev.midwrite.controller.cli;

/** How events are logged. */
enum LogFormat {
    TEXT,
    /** One object a line. */
    JSON
}
