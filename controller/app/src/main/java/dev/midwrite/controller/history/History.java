package dev.midwrite.controller.history;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Trial;
import dev.midwrite.event.UserOperation;
import java.util.List;

/** One run, read from its bundle: what users saw, what nodes journaled, and what was injected. Immutable. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class History {

    private History() {}

    /** @throws dev.midwrite.controller.Problem if the users' history or run.json is not whole */
    public static History read(Bundle bundle) {
        throw new UnsupportedOperationException();
    }

    public RunFacts facts() {
        throw new UnsupportedOperationException();
    }

    /** In the order of completion. */
    public List<UserOperation> operations() {
        throw new UnsupportedOperationException();
    }

    /** What the operations are judged against; faults carry what journals say happened. */
    public Trial trial() {
        throw new UnsupportedOperationException();
    }

    public JournalIndex journals() {
        throw new UnsupportedOperationException();
    }

    /** Session persistence score and failover time of this one trial. */
    public List<GateResult> figures() {
        throw new UnsupportedOperationException();
    }
}
