package dev.midwrite.agent.library;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a server logs of errors that nobody at the other end of a connection could see. */
final class LoggedErrors extends Handler {
    private final List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());

    private LoggedErrors() {}

    /** All that this logger gets while the call lasts, which itself must not fail. */
    static List<Throwable> of(Logger log, ThrowingCallable call) {
        LoggedErrors errors = new LoggedErrors();
        log.addHandler(errors);
        try {
            call.call();
        } catch (Throwable e) {
            throw new AssertionError("only the server may fail", e);
        } finally {
            log.removeHandler(errors);
        }
        return errors.thrown;
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getThrown() != null) {
            thrown.add(logged.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
