package dev.midwrite.controller.storm;

import dev.midwrite.controller.plan.StoreAction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Something done to the store; what ends it starts it again.
 *
 * @param action anything but a start
 * @param lasting of what lasts, of a pause, and how long the store is down; zero of what is done at once
 */
record StoreStep(Duration at, StoreAction action, Duration lasting) implements StormStep {
    @Override
    public StoreStep at(Duration other) {
        return new StoreStep(other, action, lasting);
    }

    @Override
    public List<String> entries() {
        String deed = "{at: %s, store: %s".formatted(StormStep.written(at), label());
        if (down()) {
            return List.of(deed + "}", "{at: %s, store: start}".formatted(StormStep.written(at.plus(lasting))));
        }
        return List.of(deed + (lasting.isZero() ? "" : ", for: " + StormStep.written(lasting)) + "}");
    }

    private boolean down() {
        return action == StoreAction.KILL || action == StoreAction.STOP;
    }

    @Override
    public List<StormStep> simpler() {
        return lasting.compareTo(LEAST.multipliedBy(2)) < 0
                ? List.of()
                : List.of(new StoreStep(at, action, lasting.dividedBy(2)));
    }

    @Override
    public boolean startsNodes() {
        return false;
    }

    @Override
    public String words() {
        String time = lasting.isZero() ? "" : (down() ? ", down for " : ", for ") + StormStep.written(lasting);
        return label() + " of the store" + time;
    }

    private String label() {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
