package dev.midwrite.check.flat;

import dev.midwrite.check.session.SessionChecker;

/** Gives operations to a checker. */
record CheckerSink(SessionChecker checker) implements SessionSink {

    @Override
    public void begin(long session, int operations) {
        checker.begin(session, operations);
    }

    @Override
    public void accept(long[] frame, int at) {
        checker.accept(frame, at);
    }

    @Override
    public void finish() {
        checker.finish();
    }
}
