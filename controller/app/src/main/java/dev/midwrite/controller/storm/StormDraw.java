package dev.midwrite.controller.storm;

import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.storm.Capabilities.Place;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Mix;
import dev.midwrite.event.PointKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Draws schedules. A pure function of seed, profile, capabilities and length: the same are the same schedule on every machine. One
 * use, not thread-safe.
 */
final class StormDraw {
    /** From one end of a node to the next, where nodes keep sessions for each other: not all of them are to go at a time. */
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    private static final Duration NEVER = Duration.ofDays(1);

    private final Random random;
    private final StormProfile profile;
    private final Capabilities capabilities;
    private final List<StormStep> steps = new ArrayList<>();
    /** When the next node may be ended, and the next rollout may begin. */
    private Duration endable = Duration.ZERO;

    private Duration replaceable = Duration.ZERO;

    private StormDraw(long seed, StormProfile profile, Capabilities capabilities) {
        // Specified to the bit, on every Java.
        this.random = new Random(Mix.mix(seed, profile.ordinal() + 1L));
        this.profile = profile;
        this.capabilities = capabilities;
    }

    /**
     * Steps in the order of time; none only if nothing may be done.
     *
     * @param over in which all steps begin, at least two seconds
     */
    static List<StormStep> of(long seed, StormProfile profile, Capabilities capabilities, Duration over) {
        StormDraw draw = new StormDraw(seed, profile, capabilities);
        Duration at = Duration.ofSeconds(1);
        while (at.compareTo(over) < 0 && draw.step(at)) {
            at = at.plusMillis(100L * draw.between(profile.leastGapMillis() / 100, profile.mostGapMillis() / 100));
        }
        return List.copyOf(draw.steps);
    }

    /** Without anything that a drill need not say. */
    static StormStep plainest(Place place, List<String> nodes) {
        Map<String, String> keys = place.keys();
        if (place.edge() == Edge.STEP) {
            keys.put("step", "1");
        }
        amount(place.fault(), keys, new Random(0));
        return new FaultStep(Duration.ZERO, place.fault(), keys, nodes.subList(0, 1), Duration.ofSeconds(2), false);
    }

    /** The same of the store. */
    static StormStep plainest(StoreAction action) {
        return new StoreStep(
                Duration.ZERO, action, action.lasts() || action == StoreAction.PAUSE ? StormStep.LEAST : Duration.ZERO);
    }

    private boolean step(Duration at) {
        Map<StepKind, Integer> possible = new EnumMap<>(StepKind.class);
        int all = 0;
        for (StepKind kind : StepKind.values()) {
            int weight = profile.weight(kind);
            if (weight > 0 && possible(kind, at)) {
                possible.put(kind, weight);
                all += weight;
            }
        }
        if (all == 0) {
            return !capabilities.none() && !steps.isEmpty(); // A later moment may be free.
        }
        int drawn = random.nextInt(all);
        for (Map.Entry<StepKind, Integer> kind : possible.entrySet()) {
            drawn -= kind.getValue();
            if (drawn < 0) {
                add(of(kind.getKey(), at));
                return true;
            }
        }
        throw new IllegalStateException("the weights do not sum up");
    }

    private boolean possible(StepKind kind, Duration at) {
        return switch (kind) {
            case END -> at.compareTo(endable) >= 0 && (!capabilities.ends().isEmpty() || has(StormDraw::ends));
            case ROLLOUT -> at.compareTo(replaceable) >= 0 && capabilities.rollouts();
            case SLOW, ERROR, CUT -> has(place -> StepKind.of(place.fault()) == kind);
            case STORE, EVICTION -> capabilities.store().stream().anyMatch(action -> StepKind.of(action) == kind);
            case MEMORY, LOSS ->
                has(place -> StepKind.of(place.fault()) == kind)
                        || capabilities.store().stream().anyMatch(action -> StepKind.of(action) == kind);
        };
    }

    private boolean has(Predicate<Place> wanted) {
        return capabilities.places().stream().anyMatch(wanted);
    }

    private static boolean ends(Place place) {
        return place.fault().halts();
    }

    /** By what is drawn alone, and not by how long anything takes here: else a seed would draw something else tomorrow. */
    private void add(StormStep step) {
        steps.add(step);
        if (step instanceof RolloutStep) {
            // Whatever ends a node meanwhile would be taken for a build that does not start.
            endable = NEVER;
            replaceable = NEVER;
        } else if (step.startsNodes()) {
            // Who is still starting then is waited for.
            replaceable = later(replaceable, step.at().plus(step.lasting()).plus(StormStep.LEAST));
            if (capabilities.alone()) {
                endable = later(endable, step.at().plus(RECOVERY));
            }
        }
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private StormStep of(StepKind kind, Duration at) {
        return switch (kind) {
            case ROLLOUT -> new RolloutStep(at, random.nextBoolean() ? capabilities.nodes() : oneNode());
            case END -> end(at);
            case SLOW, ERROR, CUT -> fault(kind, at);
            case STORE, EVICTION -> store(kind, at);
            case MEMORY, LOSS -> {
                boolean places = has(place -> StepKind.of(place.fault()) == kind);
                boolean actions = capabilities.store().stream().anyMatch(action -> StepKind.of(action) == kind);
                yield places && (!actions || random.nextBoolean()) ? fault(kind, at) : store(kind, at);
            }
        };
    }

    private StormStep end(Duration at) {
        boolean signal = !capabilities.ends().isEmpty();
        if (signal && (!has(StormDraw::ends) || random.nextBoolean())) {
            return new NodeStep(at, one(capabilities.nodes()), one(capabilities.ends()), capabilities.alone());
        }
        return fault(StepKind.END, at);
    }

    /** By its point, however many faults and edges each has: what changes a session is more than what is around it. */
    private StormStep fault(StepKind kind, Duration at) {
        List<Place> all = capabilities.places().stream()
                .filter(place -> StepKind.of(place.fault()) == kind)
                .toList();
        PointKind point = one(all.stream()
                .map(Place::point)
                .distinct()
                .flatMap(each -> Collections.nCopies(weight(each), each).stream())
                .toList());
        Place place = one(all.stream().filter(each -> each.point() == point).toList());
        Map<String, String> keys = place.keys();
        FaultKind fault = place.fault();
        which(place, keys);
        amount(fault, keys, random);
        often(fault, keys);
        boolean everywhere = !fault.halts() && fault != FaultKind.PARTITION && random.nextBoolean();
        return new FaultStep(
                at,
                fault,
                keys,
                everywhere ? capabilities.nodes() : oneNode(),
                Duration.ofMillis(500L * between(4, 16)),
                fault.halts() && capabilities.alone());
    }

    private static int weight(PointKind point) {
        return switch (point) {
            case SESSION_SAVE -> 4;
            case SESSION_DELETE, SESSION_RENAME -> 2;
            default -> 1;
        };
    }

    /** Which saves, and after which of their commands. */
    private void which(Place place, Map<String, String> keys) {
        boolean stepped = place.edge() == Edge.STEP
                || (place.edge() == Edge.INSIDE && place.point().label().startsWith("session."));
        if (place.point() == PointKind.SESSION_SAVE) {
            boolean create = !capabilities.commands().isEmpty() && random.nextInt(4) == 0;
            SessionOperation operation = create ? SessionOperation.CREATE : SessionOperation.SAVE;
            if (stepped && !capabilities.commands().containsKey(operation)) {
                operation = create ? SessionOperation.SAVE : SessionOperation.CREATE;
            }
            keys.put(operation == SessionOperation.CREATE ? "new" : "dirty", "true");
            if (stepped) {
                keys.put(
                        "step",
                        Integer.toString(between(1, capabilities.commands().get(operation))));
            }
        } else if (stepped) {
            int most = place.point() == PointKind.SESSION_DELETE
                    ? capabilities.commands().getOrDefault(SessionOperation.DELETE, 1)
                    : 1;
            keys.put("step", Integer.toString(between(1, most)));
        }
    }

    /** What the fault needs to be told. */
    private static void amount(FaultKind fault, Map<String, String> keys, Random random) {
        switch (fault) {
            case DELAY -> keys.put("delay", one(List.of(50, 200, 500, 1500, 3000), random) + "ms");
            case LAG -> keys.put("lag", one(List.of(200, 1000, 3000), random) + "ms");
            case CLOCK -> keys.put("offset", one(List.of("1h", "-1h", "1m"), random));
            case TEAR -> keys.put("share", one(List.of("50%", "10%", "90%"), random));
            case PRESSURE -> keys.put("share", one(List.of("80%", "90%"), random));
            case THROTTLE -> keys.put("rate", one(List.of("16 KiB/s", "64 KiB/s"), random));
            default -> {
                // It is what it is.
            }
        }
    }

    /** So often that it strikes, and so rarely that users still get on. */
    private void often(FaultKind fault, Map<String, String> keys) {
        if (fault.halts()) {
            keys.put("at-most", "1");
        } else if (fault == FaultKind.HANG) {
            keys.put("at-most", one(List.of("1", "3")));
        } else if (!fault.isOfNode() && fault != FaultKind.PARTITION && fault != FaultKind.THROTTLE) {
            boolean seconds = fault == FaultKind.DELAY
                    && Integer.parseInt(keys.get("delay").replace("ms", "")) >= 1000;
            boolean all = fault == FaultKind.DELAY && !seconds;
            List<String> shares = all ? List.of("", "50%", "20%") : List.of("20%", "10%", "5%");
            String share = one(shares);
            if (!share.isEmpty()) {
                keys.put("probability", share);
            }
        }
    }

    private StormStep store(StepKind kind, Duration at) {
        StoreAction action = one(capabilities.store().stream()
                .filter(each -> StepKind.of(each) == kind)
                .toList());
        boolean lasting =
                Stream.of(StoreAction.PAUSE, StoreAction.KILL, StoreAction.STOP).anyMatch(action::equals)
                        || action.lasts();
        return new StoreStep(at, action, lasting ? Duration.ofMillis(500L * between(2, 6)) : Duration.ZERO);
    }

    private List<String> oneNode() {
        return List.of(one(capabilities.nodes()));
    }

    private <T> T one(List<T> choices) {
        return one(choices, random);
    }

    private static <T> T one(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Both inclusive. */
    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
