package dev.midwrite.agent.fault;

import dev.midwrite.agent.point.Point;
import dev.midwrite.event.FaultKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this JVM permits, as whoever starts it has written it down; nobody else can add to it. Immutable.
 *
 * <p>Made on the host's main thread, and therefore without lambdas; asked on the link's.
 */
public final class Policy {
    /** What is permitted without being named: what {@linkplain FaultKind#passes passes}. */
    public static final Set<FaultKind> UNNAMED = passing();

    /** What a line may limit. */
    enum Limit {
        FAULTS,
        POINTS,
        SESSIONS,
        MAX_SHARE,
        MAX_DELAY,
        MAX_DURATION,
        MAX_RATE
    }

    private final Set<FaultKind> options;
    private final String file;
    private final String problem;
    private final Map<Limit, Rule> rules = new EnumMap<>(Limit.class);

    private Policy(Set<FaultKind> options, String file, String problem, Map<Limit, Rule> rules) {
        this.options = options;
        this.file = file;
        this.problem = problem;
        this.rules.putAll(rules);
    }

    /** Without a file: these faults, at every point, as much as anybody likes. */
    public static Policy of(Set<FaultKind> faults) {
        return new Policy(faults, "", "", Map.of());
    }

    /** @param faults that options permit; a file takes from them and cannot add to them */
    static Policy of(Set<FaultKind> faults, String file, Map<Limit, Rule> rules) {
        return new Policy(faults, file, "", rules);
    }

    /** @param problem with the file, one sentence without a full stop */
    static Policy nothing(String problem) {
        return new Policy(EnumSet.noneOf(FaultKind.class), "", problem, Map.of());
    }

    private static Set<FaultKind> passing() {
        EnumSet<FaultKind> passing = EnumSet.noneOf(FaultKind.class);
        for (FaultKind fault : FaultKind.values()) {
            if (fault.passes()) {
                passing.add(fault);
            }
        }
        return Collections.unmodifiableSet(passing);
    }

    /** Faults that are permitted at least somewhere. */
    public Set<FaultKind> faults() {
        EnumSet<FaultKind> permitted = EnumSet.noneOf(FaultKind.class);
        for (FaultKind fault : options) {
            if (file.isEmpty() || named().contains(fault)) {
                permitted.add(fault);
            }
        }
        return permitted;
    }

    private Set<FaultKind> named() {
        Rule rule = rules.get(Limit.FAULTS);
        return rule == null ? UNNAMED : rule.faults();
    }

    /** Why nothing at all is permitted, though a file was named; empty if there is no such reason. */
    public String problem() {
        return problem;
    }

    /** For people: each rule with its place, or the problem; empty if only options limit anything. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!problem.isEmpty()) {
            lines.add(problem + ": nothing is permitted");
        } else if (!file.isEmpty() && !rules.containsKey(Limit.FAULTS)) {
            lines.add(unnamed());
        }
        rules.values().forEach(rule -> lines.add(rule.text()));
        return lines;
    }

    private String unnamed() {
        return file + ": no line 'faults', so "
                + UNNAMED.stream().sorted().map(FaultKind::label).collect(Collectors.joining(", "))
                + " and no other";
    }

    /** Which line rejects this injection, and why; empty if none does. */
    public Optional<String> rejection(Injection injection) {
        FaultKind fault = injection.fault();
        if (!problem.isEmpty()) {
            return Optional.of("nothing is permitted on this host: " + problem);
        }
        if (options.isEmpty()) {
            return Optional.of("this host allows no fault at all");
        }
        if (!options.contains(fault)) {
            return Optional.of("this host does not allow " + fault.label());
        }
        if (!faults().contains(fault)) {
            Rule rule = rules.get(Limit.FAULTS);
            return Optional.of((rule == null ? unnamed() : rule.text()) + ": " + fault.label() + " is not permitted");
        }
        Rule sessions = rules.get(Limit.SESSIONS);
        if (sessions != null && hitsAll(fault)) {
            return sessions.rejects(fault.label() + " hits all sessions of the node");
        }
        Rule share = rules.get(Limit.MAX_SHARE);
        if (share != null && reach(injection) > share.number()) {
            return share.rejects(
                    hitsAll(fault)
                            ? fault.label() + " hits all sessions of the node"
                            : "the injection asks for " + injection.sessionShare());
        }
        Rule delay = rules.get(Limit.MAX_DELAY);
        if (delay != null && longest(injection) > delay.number()) {
            return delay.rejects(
                    fault == FaultKind.HANG || fault == FaultKind.REORDER
                            ? fault.label() + " may last as long as its injection"
                            : "the injection asks for " + injection.amount() / 1_000_000 + " ms");
        }
        Rule duration = rules.get(Limit.MAX_DURATION);
        if (duration != null && lasting(injection) > duration.number()) {
            return duration.rejects("the injection asks for "
                    + (injection.ttlNanos() <= 0 ? "no end" : injection.ttlNanos() / 1_000_000 + " ms"));
        }
        return Optional.empty();
    }

    /** Which line rejects faults at this point; empty if none does. */
    public Optional<String> rejection(Point point) {
        Rule rule = rules.get(Limit.POINTS);
        return rule == null
                        || rule.words().contains(point.name())
                        || rule.words().contains(point.kind().label())
                ? Optional.empty()
                : rule.rejects(point.name() + " is not permitted");
    }

    /** How many faults there may be at a time. */
    Rate rate() {
        Rule rule = rules.get(Limit.MAX_RATE);
        return rule == null ? Rate.UNLIMITED : new Rate((int) rule.number(), rule.perNanos());
    }

    /** Whether sessions without a label of Midwrite's users, such as those of people, are spared. */
    boolean sparesUnlabelled() {
        return rules.containsKey(Limit.SESSIONS);
    }

    /** The share of sessions that it may hit. */
    private static double reach(Injection injection) {
        return hitsAll(injection.fault()) ? 1 : injection.sessionShare();
    }

    private static boolean hitsAll(FaultKind fault) {
        return fault.isOfNode() || fault.halts();
    }

    private static double longest(Injection injection) {
        return switch (injection.fault()) {
            case DELAY, LAG -> injection.amount();
            case HANG, REORDER -> lasting(injection);
            default -> 0;
        };
    }

    private static double lasting(Injection injection) {
        return injection.ttlNanos() <= 0 ? Double.MAX_VALUE : injection.ttlNanos();
    }

    /**
     * One line of the file.
     *
     * @param text with its place, for people
     * @param number a share, nanoseconds, or how often
     * @param perNanos of a rate
     */
    record Rule(String text, Set<FaultKind> faults, Set<String> words, double number, long perNanos) {
        Optional<String> rejects(String why) {
            return Optional.of(text + ": " + why);
        }
    }
}
