package dev.midwrite.agent.log;

import java.text.MessageFormat;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Stands in for {@code java.util.logging.Logger} in the libraries that travel with the agent (gRPC, Guava, protobuf);
 * the packaging rewrites their references. Warnings and worse go to the agent's log, the rest nowhere.
 */
public final class Logger {
    private static final Logger ANONYMOUS = new Logger("");

    private final String name;

    private Logger(String name) {
        this.name = name;
    }

    public static Logger getLogger(String name) {
        return new Logger(name);
    }

    public static Logger getAnonymousLogger() {
        return ANONYMOUS;
    }

    public String getName() {
        return name;
    }

    public Level getLevel() {
        return Level.WARNING;
    }

    /** Ignored: what is logged is not a library's choice here. */
    public void setLevel(Level level) {}

    public boolean isLoggable(Level level) {
        return level.intValue() >= Level.WARNING.intValue() && level.intValue() < Level.OFF.intValue();
    }

    public void log(LogRecord entry) {
        if (isLoggable(entry.getLevel())) {
            write(entry.getLevel(), format(entry.getMessage(), entry.getParameters()), entry.getThrown());
        }
    }

    public void log(Level level, String message) {
        log(level, message, (Throwable) null);
    }

    public void log(Level level, Supplier<String> message) {
        log(level, (Throwable) null, message);
    }

    public void log(Level level, Throwable error, Supplier<String> message) {
        if (isLoggable(level)) {
            write(level, message.get(), error);
        }
    }

    public void log(Level level, String message, Throwable error) {
        if (isLoggable(level)) {
            write(level, message, error);
        }
    }

    public void log(Level level, String message, Object parameter) {
        log(level, message, new Object[] {parameter});
    }

    public void log(Level level, String message, Object[] parameters) {
        if (isLoggable(level)) {
            write(level, format(message, parameters), null);
        }
    }

    public void logp(Level level, String type, String method, String message) {
        log(level, message);
    }

    public void logp(Level level, String type, String method, String message, Throwable error) {
        log(level, message, error);
    }

    public void logp(Level level, String type, String method, String message, Object[] parameters) {
        log(level, message, parameters);
    }

    public void severe(String message) {
        log(Level.SEVERE, message);
    }

    public void warning(String message) {
        log(Level.WARNING, message);
    }

    public void info(String message) {}

    public void config(String message) {}

    public void fine(String message) {}

    public void finer(String message) {}

    public void finest(String message) {}

    private void write(Level level, String message, Throwable error) {
        AgentLog.line(level.getName(), name + ": " + message, error);
    }

    private static String format(String message, Object[] parameters) {
        if (message == null || parameters == null || parameters.length == 0 || !message.contains("{0")) {
            return String.valueOf(message);
        }
        try {
            return MessageFormat.format(message, parameters);
        } catch (IllegalArgumentException e) {
            return message;
        }
    }
}
