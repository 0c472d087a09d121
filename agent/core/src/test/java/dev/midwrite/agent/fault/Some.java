package dev.midwrite.agent.fault;

import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.agent.scope.Step;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.util.List;
import java.util.Set;

/** Injections and passages for tests; what a test does not name is the plainest there is. */
public final class Some {
    static final long SEED = 42;
    public static final long AN_HOUR = 3_600_000_000_000L;
    public static final Catalogue POINTS = new Catalogue(Libraries.all());
    public static final Point SAVE = point("spring.SessionRepository.save");

    int id = 1;
    FaultKind fault = FaultKind.DROP;
    String point = "session.save";
    Edge edge = Edge.BEFORE;
    int step;
    String command = "";
    Set<String> peers = Set.of();
    boolean onlyNew;
    boolean onlyDirty;
    double sessionShare = 1;
    Set<Long> labels = Set.of();
    double probability = 1;
    int every = 1;
    int after;
    int atMost;
    long amount;
    long drawSeed = SEED;
    long ttl = AN_HOUR;

    Injection injection() {
        return new Injection(
                id,
                fault,
                point,
                edge,
                step,
                command,
                peers,
                onlyNew,
                onlyDirty,
                sessionShare,
                labels,
                probability,
                every,
                after,
                atMost,
                amount,
                0,
                "",
                SEED,
                drawSeed,
                ttl);
    }

    /** This fault of a save, before it, for an hour. */
    public static Injection of(int id, FaultKind fault) {
        Some some = new Some();
        some.id = id;
        some.fault = fault;
        some.amount = AN_HOUR;
        return some.injection();
    }

    /** All of them armed, under a lease that outlasts the test. */
    static Injections armed(Injection... all) {
        Injections injections = new Injections();
        injections.lease(AN_HOUR);
        for (Injection injection : all) {
            injections.arm(injection, selected(injection));
        }
        return injections;
    }

    /** Decides, and the fault takes place. */
    static Decision fire(Injections injections, Passage passage) {
        return fire(injections, passage, passage instanceof Step ? Edge.STEP : Edge.BEFORE);
    }

    private static Decision fire(Injections injections, Passage passage, Edge edge) {
        Decision decision = decide(injections, passage, edge);
        if (decision != null) {
            injections.happened(decision);
        }
        return decision;
    }

    static Decision decide(Injections injections, Passage passage) {
        return decide(injections, passage, Edge.BEFORE);
    }

    private static Decision decide(Injections injections, Passage passage, Edge edge) {
        return injections.decide(passage, SAVE, edge, true);
    }

    static Point point(String name) {
        return POINTS.all().stream()
                .filter(point -> point.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<Point> selected(Injection injection) {
        return POINTS.all().stream().filter(injection::selects).toList();
    }

    static Passage save(long label, long scope) {
        Passage passage = new Passage(SAVE);
        passage.label = label;
        passage.session = label * 31;
        passage.scope = scope;
        return passage;
    }

    static Passage step(long label, long scope, int step, String command) {
        Operation operation = new Operation(SAVE);
        operation.label = label;
        operation.session = label * 31;
        operation.scope = scope;
        return new Step(point("lettuce.DefaultEndpoint.write"), operation, step, command);
    }
}
