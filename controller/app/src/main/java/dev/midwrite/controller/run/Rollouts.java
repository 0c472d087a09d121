package dev.midwrite.controller.run;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.plan.RolloutSpec;
import java.util.List;
import java.util.function.Supplier;

/** Replaces nodes as a deployment does. Thread-safe. */
final class Rollouts {
    private final NodeSwap swap;
    private final RolloutControl control;
    private final Supplier<UserFigures> figures;
    private final RunClock clock;
    private final RolloutNews news;

    /** @param figures of what users meet from the call on */
    Rollouts(NodeSwap swap, RolloutControl control, Supplier<UserFigures> figures, RunClock clock, RolloutNews news) {
        this.swap = swap;
        this.control = control;
        this.figures = figures;
        this.clock = clock;
        this.news = news;
    }

    /** What was done, in the order in which it ended. */
    List<Replacement> replacements() {
        return swap.replacements();
    }

    /** Whether it is down because another node was to serve in its place. */
    boolean tookOut(Node node) {
        return swap.tookOut(node);
    }

    /** Why rollouts went back, each a sentence. */
    List<String> rolledBack() {
        return news.allRolledBack();
    }

    /** The same as node actions. */
    List<FaultFacts> faults() {
        return replacements().stream()
                .map(replacement -> new FaultFacts(
                        0,
                        "rollout",
                        "",
                        replacement.node(),
                        replacement.removedAt(),
                        replacement.readyAt(),
                        1,
                        1,
                        true))
                .toList();
    }

    /**
     * Blocks until all is done, or rolled back, or users have stopped while it was paused.
     *
     * @param times how often, one after the other
     * @throws Problem if a node did not become ready and nothing was to be rolled back, or that failed, too
     */
    void roll(RolloutSpec plan, int times) throws InterruptedException {
        control.begin();
        try {
            boolean whole = true;
            for (int i = 0; i < times && whole; i++) {
                RolloutCourse course = new RolloutCourse(plan, swap, control, figures.get(), clock, news);
                whole = course.run();
                if (whole && i + 1 < times) {
                    clock.sleep(plan.pause().toNanos());
                }
            }
        } finally {
            control.end();
        }
    }

    /** Nobody can be waited for any more. */
    void usersStop() {
        control.usersStop();
    }
}
