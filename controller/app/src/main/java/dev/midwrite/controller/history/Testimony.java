package dev.midwrite.controller.history;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Trial;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Optional;

/** What users saw, and what it can prove: that depends on whose users they are. Immutable. */
sealed interface Testimony permits OwnTestimony, ForeignTestimony {

    /** Of which session each is, is known as far as it can be. */
    List<UserOperation> operations();

    /** What journals tell of values that no user spoke of. */
    ForeignValues.Values values();

    /** Users come by way of a front: nobody here knows what must be in their sessions. */
    boolean foreign();

    /** Some answer showed a value that no other request can have written. */
    boolean tellsValuesApart();

    /** Observed in this one trial; they gate nothing. */
    List<GateResult> figures(Trial trial, Objectives objectives);

    /** The same as numbers, for a judgement over several trials. */
    Figures measured(Trial trial);

    /** Of each user who sat on a node that ended, the shortest first; empty if that is not known. */
    List<Failover> failovers(Trial trial);

    /** Why this run proves nothing, each a sentence. */
    List<String> untested(Trial trial);

    /** @param front empty if users were ours */
    static Testimony of(
            RunFacts facts, List<UserOperation> operations, JournalIndex journals, Optional<FrontFacts> front) {
        return front.<Testimony>map(known -> ForeignTestimony.of(facts, operations, journals, known))
                .orElseGet(() ->
                        new OwnTestimony(List.copyOf(operations), facts.users().probeSessions()));
    }
}
