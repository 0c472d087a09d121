package dev.midwrite.agent.fault;

import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.util.Set;

/** Injections and passages for tests; what a test does not name is the plainest there is. */
final class Some {
    static final long SEED = 42;
    private static final long AN_HOUR = 3_600_000_000_000L;

    int id = 1;
    FaultKind fault = FaultKind.DROP;
    String point = "session.save";
    Edge edge = Edge.BEFORE;
    int step;
    String command = "";
    boolean onlyNew;
    boolean onlyDirty;
    double sessionShare = 1;
    Set<Long> labels = Set.of();
    double probability = 1;
    int every = 1;
    int after;
    int atMost;
    long ttl = AN_HOUR;

    Injection injection() {
        return new Injection(
                id,
                fault,
                point,
                edge,
                step,
                command,
                onlyNew,
                onlyDirty,
                sessionShare,
                labels,
                probability,
                every,
                after,
                atMost,
                0,
                0,
                "",
                SEED,
                ttl);
    }

    /** All of them armed, under a lease that outlasts the test. */
    static Injections armed(Injection... all) {
        Injections injections = new Injections();
        injections.lease(AN_HOUR);
        for (Injection injection : all) {
            injections.arm(injection);
        }
        return injections;
    }

    /** Decides, and the fault takes place. */
    static Decision fire(Injections injections, Passage passage) {
        Decision decision = injections.decide(passage);
        if (decision != null) {
            injections.happened(decision);
        }
        return decision;
    }

    static Passage save(long label, long scope) {
        Passage passage = new Passage();
        passage.pointName = "spring.SessionRepository.save";
        passage.kind = PointKind.SESSION_SAVE;
        passage.edge = Edge.BEFORE;
        passage.label = label;
        passage.session = label * 31;
        passage.scope = scope;
        return passage;
    }

    static Passage step(long label, long scope, int step, String command) {
        Passage passage = save(label, scope);
        passage.edge = Edge.STEP;
        passage.step = step;
        passage.command = command;
        return passage;
    }
}
