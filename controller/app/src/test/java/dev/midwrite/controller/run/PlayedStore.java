package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.store.StoreControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store without a server. */
final class PlayedStore implements StoreControl {
    final List<String> calls = new ArrayList<>();
    private final RunClock clock;
    private volatile boolean up = true;
    String failure = "";
    private volatile String ended = "";

    PlayedStore(RunClock clock) {
        this.clock = clock;
    }

    @Override
    public String act(StoreAction action, Duration lasting, double share) {
        if (!failure.isEmpty()) {
            throw new Problem(failure);
        }
        calls.add(clock.now() + " " + action);
        up = action == StoreAction.START || (up && action != StoreAction.KILL && action != StoreAction.STOP);
        return "was told " + action;
    }

    @Override
    public String lift(StoreAction action) {
        calls.add(clock.now() + " lift " + action);
        return action == StoreAction.LAG ? "had been told " + action : "";
    }

    @Override
    public boolean up() {
        return up;
    }

    @Override
    public Optional<String> endedByItself() {
        return ended.isEmpty() ? Optional.empty() : Optional.of(ended);
    }

    void ends(String how) {
        ended = how;
        up = false;
    }
}
