package dev.midwrite.controller.run;

import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.StoreEvent;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.store.StoreControl;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Does to the store what the timeline says, and remembers it. Thread-safe. */
final class StoreActions {
    /** What the store may have lost something by; what it says of itself tells the rest. */
    private static final Set<StoreAction> LOSING = EnumSet.of(
            StoreAction.RESTART, StoreAction.KILL, StoreAction.STOP, StoreAction.FAILOVER, StoreAction.FLUSH);

    private final Optional<StoreControl> store;
    private final Runnable look;
    private final RunClock clock;
    private final Progress progress;
    private final List<FaultFacts> faults = new ArrayList<>();
    private final List<StoreEvent> deeds = new ArrayList<>();
    private final List<Lasting> lasting = new ArrayList<>();
    private long downSince = -1;
    private String downBy = "";

    private record Lasting(StoreAction action, long from) {}

    /**
     * For one run.
     *
     * @param store empty if it is not the drill's own: then nothing is done to it
     * @param look asks the store for its statistics, on either side of an action
     */
    StoreActions(Optional<StoreControl> store, Runnable look, RunClock clock, Progress progress) {
        this.store = store;
        this.look = look;
        this.clock = clock;
        this.progress = progress;
    }

    /** @throws Problem if that cannot be done */
    synchronized void act(Step.Store step) throws InterruptedException {
        StoreControl own = store.orElseThrow(() -> new Problem("The store is not the drill's own."));
        look.run();
        long from = clock.now();
        String done = own.act(step.action(), step.lasting(), step.share());
        long to = clock.now();
        look.run();
        progress.note("The store " + done + ".");
        if (LOSING.contains(step.action())) {
            deeds.add(
                    new StoreEvent(from, to, String.format(Locale.ROOT, "The store %s at %.1f s.", done, from / 1e9)));
        }
        switch (step.action()) {
            case KILL, STOP -> {
                downSince = from;
                downBy = name(step.action());
            }
            case START -> upAgain();
            case LAG, ISOLATE, FILL, EVICT -> lasting.add(new Lasting(step.action(), from));
            case RESTART, FAILOVER, FLUSH, PAUSE -> faults.add(fault(name(step.action()), from, to));
        }
    }

    synchronized void lift(StoreAction action) throws InterruptedException {
        for (Lasting one : List.copyOf(lasting)) {
            if (one.action() == action) {
                lasting.remove(one);
                String led = store.orElseThrow().lift(action);
                long to = clock.now();
                faults.add(fault(name(action), one.from(), to));
                if (!led.isEmpty()) {
                    String what = String.format(
                            Locale.ROOT,
                            "The store %s (%s from %.1f s to %.1f s).",
                            led,
                            name(action),
                            one.from() / 1e9,
                            to / 1e9);
                    // Its notes will have it from there.
                    deeds.add(new StoreEvent(one.from(), action.lingers() ? Long.MAX_VALUE : to, what));
                }
                look.run();
            }
        }
    }

    synchronized void liftAll() throws InterruptedException {
        for (Lasting one : List.copyOf(lasting)) {
            lift(one.action());
        }
    }

    /** Whether it runs, as far as that is known. */
    boolean up() {
        return store.map(StoreControl::up).orElse(true);
    }

    /** That its server ended though no step had asked for it, and how; empty if it did not, or is not ours. Never waits. */
    Optional<String> endedByItself() {
        return store.flatMap(StoreControl::endedByItself).map(StoreActions::sentence);
    }

    /** @param how as {@link StoreControl#endedByItself} says it */
    static String sentence(String how) {
        return "The store, which nothing had asked to, ended by itself " + how;
    }

    /** What had an effect, in the order in which it ended; what a kill did lasts until the store runs again. */
    synchronized List<FaultFacts> faults() {
        List<FaultFacts> all = new ArrayList<>(faults);
        if (downSince >= 0) {
            all.add(fault(downBy, downSince, clock.now()));
        }
        return all;
    }

    synchronized List<StoreEvent> deeds() {
        return List.copyOf(deeds);
    }

    private void upAgain() {
        if (downSince >= 0) {
            faults.add(fault(downBy, downSince, clock.now()));
            downSince = -1;
        }
    }

    private static FaultFacts fault(String name, long from, long to) {
        return new FaultFacts(0, name, "", Trial.STORE, from, to, 1, 1, true);
    }

    private static String name(StoreAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
