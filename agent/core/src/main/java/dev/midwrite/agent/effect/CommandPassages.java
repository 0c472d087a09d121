package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Scopes;
import dev.midwrite.agent.scope.Step;
import dev.midwrite.agent.scope.ThreadScope;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * Commands as steps of the operation on the caller's thread.
 *
 * <p>Where a caller hands a command over and waits for its reply, another thread encodes it in between: then all is
 * decided on the caller's thread, and the other one only reads the command's tag. Thread-safe.
 */
final class CommandPassages {
    private final Scopes scopes;
    private final Records records;
    private final Injector injector;
    private final BiConsumer<Step, Object> brings;
    private final EarlierReplies earlier = new EarlierReplies();

    /** @param brings is told what came of a step before its end, null perhaps: not of an older one that a fault gives in its place */
    CommandPassages(Scopes scopes, Records records, Injector injector, BiConsumer<Step, Object> brings) {
        this.brings = brings;
        this.scopes = scopes;
        this.records = records;
        this.injector = injector;
    }

    /**
     * A command begins.
     *
     * @param id of a write to a file its path; else not looked at
     * @param command null if the call lasts until the reply is there
     * @param name null if it is not known; empty for a command that is no step
     */
    Step enter(ThreadScope thread, Point point, Object self, String id, String peer, Object command, String name) {
        Operation operation = thread.operation;
        if (operation == null || thread.step != null || (command != null && scopes.step(command) != null)) {
            return null;
        }
        if (name != null && name.isEmpty()) {
            return null;
        }
        if (point.kind() == PointKind.FILE_WRITE && !operation.isKeptIn(id)) {
            return null; // A log, perhaps.
        }
        Command step = new Command(point, operation, operation.steps + 1, name == null ? "" : name);
        step.peer = peer;
        if (command != null && !scopes.tag(command, step)) {
            return null;
        }
        operation.steps++;
        records.edge(step, point, Edge.BEFORE, Outcome.NONE, 0, step.command());
        injector.at(step, point, Edge.BEFORE, self);
        if (!step.skip && point.bytes() != null) {
            if (point.bytes() != point) { // Else it was asked above.
                injector.at(step, point.bytes(), Edge.BEFORE, self); // A throttle; nothing else is possible there.
            }
            inside(step, operation.point);
            inside(step, point);
            if (point.bytes() != point) {
                inside(step, point.bytes());
            }
        }
        if (command == null) {
            thread.step = step;
        }
        return step;
    }

    /** A command becomes bytes: of a tag, or of this thread's step. */
    Step encode(ThreadScope thread, Object command) {
        Command step = (Command) (command == null ? thread.step : scopes.step(command));
        return step == null || (step.inside == null && !injector.paces(step)) ? null : step;
    }

    /** How many of the encoded bytes may leave; -1 for all. Whatever is announced here happens. */
    int cut(Step cut, int length) {
        Command step = (Command) cut;
        Decision tear = step.inside;
        if (tear == null || tear.fault() != FaultKind.TEAR) {
            return -1;
        }
        step.inside = null;
        long wanted = tear.amount() > 0 ? tear.amount() : Math.round(tear.share() * length);
        int bytes = (int) Math.max(0, Math.min(wanted, length - 1));
        return injector.announce(step, step.insidePoint, Edge.INSIDE, tear, bytes) ? bytes : -1;
    }

    /** Which of the encoded bytes is to be changed; -1 for none. Whatever is announced here happens. */
    int corrupts(Step corrupted, ByteBuffer bytes) {
        Command step = (Command) corrupted;
        Decision corrupt = step.inside;
        if (corrupt == null || corrupt.fault() != FaultKind.CORRUPT) {
            return -1;
        }
        step.inside = null;
        int index = step.point.library().valueByte(bytes);
        if (index < 0) {
            injector.spare(step, corrupt); // Such as one that asks for a key: it carries nothing.
            return -1;
        }
        return injector.announce(step, step.insidePoint, Edge.INSIDE, corrupt, index - bytes.position()) ? index : -1;
    }

    /**
     * The caller waits for a reply.
     *
     * @param command null if it waits for something made of replies: then all that are there in the end are meant
     */
    Step await(ThreadScope thread, Object command) {
        if (command == null) {
            Operation operation = thread.operation;
            return operation == null || operation.unanswered.isEmpty() ? null : operation.unanswered.get(0);
        }
        Step step = scopes.step(command);
        return step == null || step.over || step.operation != thread.operation ? null : step;
    }

    /** The reply is there, or will not come. */
    Throwable exit(ThreadScope thread, Step step, Object reply, Throwable thrown) {
        if (step.reply != null) {
            return endAnswered(thread, step.operation, thrown);
        }
        brings.accept(step, reply);
        return end(thread, step, reply, thrown);
    }

    /** The caller has waited; its commands that have an answer by now are over, each with its own. */
    private Throwable endAnswered(ThreadScope thread, Operation operation, Throwable thrown) {
        Throwable outcome = thrown;
        for (int i = 0; i < operation.unanswered.size(); ) {
            Step step = operation.unanswered.get(i);
            if (step.reply.isDone()) {
                operation.unanswered.remove(i);
                Throwable own = failure(step.reply);
                if (own == null) {
                    brings.accept(step, step.reply.getNow(null));
                }
                step.reply = null; // The step outlives its command; its answer need not.
                Throwable seen = end(thread, step, null, own);
                outcome = seen == own || outcome != null ? outcome : seen;
            } else {
                i++;
            }
        }
        return outcome;
    }

    private static Throwable failure(CompletableFuture<?> reply) {
        if (!reply.isCompletedExceptionally()) {
            return null;
        }
        try {
            reply.getNow(null);
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }

    private Throwable end(ThreadScope thread, Step step, Object reply, Throwable thrown) {
        if (thread.step == step) {
            thread.step = null;
        }
        if (step.over) {
            return thrown; // One who waits for it handed over to another.
        }
        Operation operation = step.operation;
        Throwable outcome = step.error == null ? thrown : step.error;
        step.error = null;
        step.over = true;
        if (injector.paces(step)) {
            injector.spare(step, ((DeferredDecision) step.wanted).decision); // Its bytes have not passed.
            step.wanted = null;
        }
        records.edge(step, operation.point, Edge.STEP, Records.outcome(step, outcome), 0, step.command());
        if (!injector.isArmed()) {
            earlier.forget();
        }
        if (outcome == null) {
            injector.at(step, operation.point, Edge.STEP, null);
            exchange(step, Edge.STEP, reply);
            outcome = step.error;
            step.error = null;
        }
        if (outcome == null && !step.skip) {
            injector.at(step, step.point, Edge.AFTER, null);
            exchange(step, Edge.AFTER, reply);
            outcome = step.error;
            step.error = null;
        }
        return outcome;
    }

    /** Gives an older reply in the place of this one, if that is wanted and there is one. What else is wanted is not over. */
    private void exchange(Step step, Edge edge, Object reply) {
        if (!(step.wanted instanceof DeferredDecision wanted) || wanted.decision.fault() != FaultKind.STALE) {
            return;
        }
        step.wanted = null;
        Object before = earlier.exchange(wanted.decision.injection(), step, reply);
        if (before == null) {
            injector.spare(step, wanted.decision);
        } else if (injector.announce(step, wanted.at, edge, wanted.decision, 0)) {
            step.instead = before;
        }
    }

    private void inside(Command step, Point point) {
        if (step.inside != null) {
            return;
        }
        Decision decision = injector.decide(step, point, Edge.INSIDE);
        if (decision == null || !decision.fault().isInside()) {
            return;
        }
        if (step.point.bytes().reason(decision.fault(), Edge.INSIDE).isPresent()) {
            injector.spare(step, decision); // Selected as a save, whose bytes leave where this cannot be done.
            return;
        }
        step.inside = decision;
        step.insidePoint = point;
    }
}
