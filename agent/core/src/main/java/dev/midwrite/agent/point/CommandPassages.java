package dev.midwrite.agent.point;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.point.Scopes.ThreadScope;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PossibleFaults;

/**
 * Wire commands as steps of the operation on the caller's thread.
 *
 * <p>The caller hands a command over and waits for its reply; an event loop encodes it in between. All is decided on
 * the caller's thread: the event loop only reads the command's tag. Thread-safe.
 */
final class CommandPassages {
    private final Scopes scopes;
    private final Records records;
    private final Injector injector;

    CommandPassages(Scopes scopes, Records records, Injector injector) {
        this.scopes = scopes;
        this.records = records;
        this.injector = injector;
    }

    /** The caller hands the command over. */
    Step write(ThreadScope thread, Object endpoint, Object command, String name) {
        Operation operation = thread.operation;
        if (operation == null || scopes.step(command) != null) {
            return null;
        }
        Step step = new Step(operation, operation.steps + 1, name);
        if (!scopes.tag(command, step)) {
            return null;
        }
        operation.steps++;
        records.edge(step, Place.COMMAND_WRITE, Edge.BEFORE, Outcome.NONE, 0, name);
        injector.at(step, Place.COMMAND_WRITE, Edge.BEFORE, endpoint);
        if (!step.skip) {
            tear(step, operation.place);
            tear(step, Place.COMMAND_WRITE);
            tear(step, Place.COMMAND_ENCODE);
        }
        return step;
    }

    /** The event loop turns the command into bytes. */
    Step encode(Object command) {
        Step step = scopes.step(command);
        return step == null || step.tear == null ? null : step;
    }

    /** How many of the encoded bytes may leave; -1 for all. Whatever is announced here happens. */
    int cut(Step step, int length) {
        Decision tear = step.tear;
        step.tear = null;
        long wanted = tear.amount() > 0 ? tear.amount() : Math.round(tear.share() * length);
        int bytes = (int) Math.max(0, Math.min(wanted, length - 1));
        return injector.announce(step, step.tearPlace, Edge.INSIDE, tear, bytes) ? bytes : -1;
    }

    /** The caller waits for the reply. */
    Step await(ThreadScope thread, Object command) {
        Step step = scopes.step(command);
        return step == null || step.operation != thread.operation ? null : step;
    }

    /** The reply is there, or will not come. */
    Throwable exit(Step step, Throwable thrown) {
        Operation operation = step.operation;
        Throwable outcome = step.error == null ? thrown : step.error;
        step.error = null;
        records.edge(step, operation.place, Edge.STEP, Records.outcome(step, outcome), 0, step.command());
        if (outcome == null) {
            injector.at(step, operation.place, Edge.STEP, null);
            outcome = step.error;
            step.error = null;
        }
        return outcome;
    }

    private void tear(Step step, Place place) {
        if (step.tear == null
                && PossibleFaults.reason(FaultKind.TEAR, place.kind(), Edge.INSIDE)
                        .isEmpty()) {
            Decision decision = injector.decide(step, place, Edge.INSIDE);
            if (decision != null && decision.fault() == FaultKind.TEAR) {
                step.tear = decision;
                step.tearPlace = place;
            }
        }
    }
}
