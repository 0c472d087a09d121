package dev.midwrite.controller.run;

import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.plan.InjectionSpec;
import dev.midwrite.controller.report.RunHealth.Achieved;
import dev.midwrite.controller.report.RunHealth.FaultHealth;
import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Quantiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One injection on one node, and what became of it. Thread-safe. */
final class ArmedInjection {
    /** An exit is observed somewhat later than it happens. */
    private static final long JUST_NOW = TimeUnit.SECONDS.toNanos(2);

    private final InjectionSpec spec;
    private final String node;
    private final long from;
    private long to;
    private boolean lifted;
    private Applied counts = Applied.getDefaultInstance();

    ArmedInjection(InjectionSpec spec, String node, long from) {
        this.spec = spec;
        this.node = node;
        this.from = from;
        this.to = from;
    }

    InjectionSpec spec() {
        return spec;
    }

    String node() {
        return node;
    }

    synchronized void lifted(long at, Applied lastCounts) {
        lifted = true;
        to = Math.max(to, at);
        counts = lastCounts;
    }

    /** Its effect lasted until then, such as until the node that it crashed was up again. */
    synchronized void lastedUntil(long at) {
        to = Math.max(to, at);
    }

    synchronized long to() {
        return to;
    }

    synchronized boolean isLifted() {
        return lifted;
    }

    /** Its process may end by it at this moment, or may just have ended by it. */
    synchronized boolean mayCrash(long now) {
        return ends() && (!lifted || now - to < JUST_NOW);
    }

    boolean ends() {
        return spec.fault().halts();
    }

    /** @param announced how often the node's journals announce it; after a crash they know more than the last counts */
    synchronized FaultFacts facts(long announced) {
        return facts(announced, to);
    }

    /** @param now up to when it has lasted if it was not lifted */
    synchronized FaultFacts facts(long announced, long now) {
        return new FaultFacts(
                spec.id(),
                spec.fault().label(),
                spec.point(),
                node,
                from,
                lifted ? to : Math.max(to, now),
                Math.max(counts.getMatched(), announced),
                Math.max(counts.getApplied(), announced),
                true);
    }

    synchronized FaultHealth health(long announced) {
        FaultFacts facts = facts(announced);
        Optional<Long> requested =
                spec.fault().isTimed() ? Optional.of(spec.delay().toNanos()) : Optional.empty();
        Quantiles achieved = counts.getAchievedMicros();
        return new FaultHealth(
                spec.id(),
                facts.name(),
                spec.point(),
                node,
                requested(),
                facts.matched(),
                facts.applied(),
                requested,
                achieved.getCount() == 0 ? Optional.empty() : Optional.of(nanos(achieved)));
    }

    /** In the words of a drill. */
    private String requested() {
        List<String> words = new ArrayList<>();
        switch (spec.fault()) {
            case DELAY, LAG -> words.add(spec.delay().toMillis() + " ms");
            case TEAR -> words.add(spec.bytes() > 0 ? spec.bytes() + " B" : percent(spec.share()) + " of the bytes");
            case THROTTLE -> words.add(spec.bytes() + " B/s");
            case CLOCK -> words.add(offset(spec.delay()));
            case PRESSURE -> words.add(percent(spec.share()) + " of the heap");
            case ERROR -> words.add(spec.error().isEmpty() ? "the point's own exception" : spec.error());
            default -> {}
        }
        if (!spec.fault().isOfNode()) {
            words.add(
                    switch (spec.edge()) {
                        case STEP -> "after step" + (spec.step() > 0 ? " " + spec.step() : "");
                        default -> spec.edge().name().toLowerCase(Locale.ROOT);
                    });
        }
        add(words, !spec.command().isEmpty(), spec.command());
        add(words, !spec.peers().isEmpty(), "peers " + String.join(", ", spec.peers()));
        add(words, spec.onlyNew(), "new sessions");
        add(words, spec.onlyDirty(), "changed sessions");
        add(words, spec.sessionShare() < 1, percent(spec.sessionShare()) + " of sessions");
        add(words, spec.probability() < 1, "probability " + spec.probability());
        add(words, spec.every() > 1, "every " + spec.every());
        add(words, spec.after() > 0, "after " + spec.after());
        add(words, spec.atMost() > 0, "at most " + spec.atMost());
        return String.join(", ", words);
    }

    private static void add(List<String> words, boolean condition, String word) {
        if (condition) {
            words.add(word);
        }
    }

    private static String offset(Duration offset) {
        return offset.abs().toMillis() + " ms " + (offset.isNegative() ? "behind" : "ahead");
    }

    private static String percent(double share) {
        return share * 100 + "%";
    }

    private static Achieved nanos(Quantiles micros) {
        return new Achieved(
                micros.getCount(),
                TimeUnit.MICROSECONDS.toNanos(micros.getMin()),
                TimeUnit.MICROSECONDS.toNanos(micros.getP50()),
                TimeUnit.MICROSECONDS.toNanos(micros.getP99()),
                TimeUnit.MICROSECONDS.toNanos(micros.getMax()));
    }
}
