package dev.midwrite.controller.run;

import dev.midwrite.controller.plan.RolloutSpec.Figure;
import dev.midwrite.controller.users.RequestListener;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came of users' attempts, while they go on. Thread-safe. */
final class RequestTally implements RequestListener {
    private static final int SERVER_ERROR = 500;

    private final LongAdder attempts = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder serverErrors = new LongAdder();
    private final LongAdder logins = new LongAdder();
    private final LongAdder failedLogins = new LongAdder();

    /** Of so many attempts so many were bad. */
    record Share(long bad, long all) {

        Share since(Share before) {
            return new Share(bad - before.bad, all - before.all);
        }

        boolean exceeds(double bound) {
            return bad > bound * all;
        }
    }

    @Override
    public void request(OperationKind kind, Outcome outcome, int node, int status, long nanos) {
        boolean bad = outcome != Outcome.OK;
        attempts.increment();
        if (bad && status != APPLICATION) {
            errors.increment();
        }
        if (status >= SERVER_ERROR) {
            serverErrors.increment();
        }
        if (kind == OperationKind.CREATE || kind == OperationKind.LOG_IN) {
            logins.increment();
            if (bad) {
                failedLogins.increment();
            }
        }
    }

    Share of(Figure figure) {
        return switch (figure) {
            case ERRORS -> new Share(errors.sum(), attempts.sum());
            case SERVER_ERRORS -> new Share(serverErrors.sum(), attempts.sum());
            case FAILED_LOGINS -> new Share(failedLogins.sum(), logins.sum());
        };
    }
}
