package dev.midwrite.controller.run;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.UsersSpec;

/** Hands a history to the checks, and what the drill asks for to the gates. */
final class Verdicts {

    private Verdicts() {}

    static Judgement of(History history, Drill drill) {
        boolean proxied = drill.users().through() != UsersSpec.Through.NOTHING;
        return Judge.judge(
                proxied ? history.trial().but().proxied(true).build() : history.trial(),
                history.operations(),
                history.figures(drill.objectives()),
                history.explanations());
    }
}
