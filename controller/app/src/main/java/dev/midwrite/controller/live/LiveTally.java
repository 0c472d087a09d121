package dev.midwrite.controller.live;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.LiveListener;
import dev.midwrite.controller.history.StartFacts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What was found so far: the first of each session told until there are many of a kind, all counted. What else is wrong in
 * a session mostly follows from the first. Thread-safe.
 */
public final class LiveTally implements LiveListener {
    private static final int TOLD_OF_A_KIND = 3;
    /** In so many sessions; of further ones only violations are counted. */
    private static final int MOST_SESSIONS = 10_000;

    private final StartFacts facts;
    private final Teller teller;
    private final Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    private final Map<Severity, Map<Anomaly, Integer>> kinds = new EnumMap<>(Severity.class);
    private final Map<Long, Worst> sessions = new HashMap<>();
    private long hardSessions;

    private record Worst(Severity severity, String title) {}

    /** Hears what somebody who watches should see. */
    public interface Teller {

        /**
         * A violation.
         *
         * @param line what it is, in which session, where and when; times are the users' clock's
         */
        void violation(Violation violation, String line);

        /** There are so many of a kind that only their number is told from now on. */
        void countedFromNowOn(String sentence);
    }

    public LiveTally(StartFacts facts, Teller teller) {
        this.facts = facts;
        this.teller = teller;
    }

    @Override
    public synchronized void found(Violation violation) {
        counts.merge(violation.severity(), 1L, Long::sum);
        if (!worstOfItsSession(violation)) {
            return;
        }
        int number = kinds.computeIfAbsent(violation.severity(), severity -> new EnumMap<>(Anomaly.class))
                .merge(violation.anomaly(), 1, Integer::sum);
        if (number <= TOLD_OF_A_KIND) {
            teller.violation(violation, line(violation));
        } else if (number == TOLD_OF_A_KIND + 1) {
            teller.countedFromNowOn(
                    violation.anomaly().title() + ": further sessions are counted, and told by the report in the end.");
        }
    }

    private boolean worstOfItsSession(Violation violation) {
        Worst before = sessions.get(violation.session());
        if (before == null && sessions.size() == MOST_SESSIONS) {
            return false;
        }
        boolean worse = before == null || before.severity().compareTo(violation.severity()) < 0;
        if (worse) {
            String title = before == null ? violation.anomaly().title() : before.title();
            sessions.put(violation.session(), new Worst(violation.severity(), title));
            hardSessions += violation.severity() == Severity.HARD ? 1 : 0;
        }
        return worse;
    }

    /** Such as "User does not see own write: session 9c4e1f00aa123456, list, on node-2 at 12.3 s". */
    private String line(Violation violation) {
        Set<String> nodes = new LinkedHashSet<>();
        violation.witness().stream()
                .mapToInt(operation -> operation.node())
                .filter(node -> node > 0 && node < facts.nodes().size())
                .forEach(node -> nodes.add(facts.nodes().get(node)));
        int attribute = violation.attribute();
        return violation.anomaly().title()
                + String.format(Locale.ROOT, ": session %016x", violation.session())
                + (attribute < 0 || attribute >= facts.attributes().size()
                        ? ""
                        : ", " + facts.attributes().get(attribute))
                + (nodes.isEmpty() ? "" : ", on " + String.join(" and ", nodes))
                + String.format(Locale.ROOT, " at %.1f s", violation.at() / 1e9)
                + (violation.severity() == Severity.HARD ? "" : ", allowed by the profile");
    }

    /** Such as "3 violations in 2 sessions, 5 allowed"; empty if there are none. */
    public synchronized String words() {
        long hard = counts.getOrDefault(Severity.HARD, 0L);
        long allowed = counts.values().stream().mapToLong(Long::longValue).sum() - hard;
        List<String> words = new ArrayList<>();
        if (hard > 0) {
            words.add(hard
                    + (hard == 1 ? " violation in " : " violations in ")
                    + hardSessions
                    + (hardSessions == 1 ? " session" : " sessions"));
        }
        if (allowed > 0) {
            words.add(allowed + " allowed");
        }
        return String.join(", ", words);
    }

    /** Of each session in which something was found, what was found first; of the first ten thousand such sessions. */
    public synchronized Map<Long, String> sessions() {
        Map<Long, String> titles = new HashMap<>();
        sessions.forEach((session, worst) -> titles.put(session, worst.title()));
        return titles;
    }
}
