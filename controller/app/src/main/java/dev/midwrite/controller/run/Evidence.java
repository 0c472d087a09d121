package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.RunFacts;
import dev.midwrite.controller.history.RunFacts.ClockFacts;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.report.RunHealth.PointHealth;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.serve.JournalState;
import dev.midwrite.controller.users.UserClock;
import dev.midwrite.link.v1.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Collects what the verdict will rest on, and writes it into the bundle beside the users' history. */
final class Evidence {
    private static final Duration JOURNALS = Duration.ofSeconds(20);

    private final Drill drill;
    private final RunSetting setting;
    private final UserClock clock;
    private final Instant started;
    private final String storeVersion;
    private final Fleet fleet;

    Evidence(Drill drill, RunSetting setting, UserClock clock, Instant started, String storeVersion, Fleet fleet) {
        this.drill = drill;
        this.setting = setting;
        this.clock = clock;
        this.started = started;
        this.storeVersion = storeVersion;
        this.fleet = fleet;
    }

    void write(
            Bundle bundle,
            Exercised exercised,
            Injector injector,
            NodeWatch watch,
            List<String> nodeNames,
            List<String> notes)
            throws InterruptedException {
        List<JournalState> journals = journals();
        List<FaultFacts> faults = new ArrayList<>(exercised.actions());
        injector.all().forEach(injection -> faults.add(injection.facts(announced(injection, journals))));
        faults.sort(Comparator.comparingLong(FaultFacts::from));
        bundle.write(new RunFacts(
                RunFacts.FORMAT,
                drill.name(),
                drill.seed(),
                drill.profile(),
                drill.scope(),
                versions(),
                started.toString(),
                clock.originNanos(),
                nodeNames,
                exercised.attributes(),
                workloads(),
                exercised.probeSessions(),
                bundle.historyBytes(),
                drill.checks().idempotencyKeys(),
                drill.checks().externalStore(),
                drill.users().ttl().toNanos(),
                drill.users().ttlNamed(),
                drill.users().timeout().toNanos(),
                drill.checks().reaperGrace().toNanos(),
                faults,
                clocks(),
                journals.stream().map(Evidence::facts).toList(),
                watch.runs(exercised.replacements()),
                exercised.healedAt(),
                exercised.settledAt(),
                exercised.store(),
                exercised.storeFacts(),
                exercised.assumptions()));
        new RunContext(
                        drill.description(),
                        drill.file().toString(),
                        setting.command(),
                        clock.now(),
                        exercised.origin(),
                        injector.all().stream()
                                .map(injection -> injection.health(announced(injection, journals)))
                                .map(RunContext.Fault::of)
                                .toList(),
                        points(),
                        watch.instants(),
                        List.copyOf(notes))
                .write(bundle.directory());
    }

    /** Ends recording on all nodes that are up, and waits for what journals still hold. */
    private List<JournalState> journals() throws InterruptedException {
        long deadline = System.nanoTime() + JOURNALS.toNanos();
        for (FleetNode node : fleet.nodes()) {
            try {
                fleet.record(node.name(), false).join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof Problem)) {
                    throw e;
                }
                // The node is down or silent; its journal then stays incomplete, and the verdict knows.
            }
        }
        List<JournalState> states = new ArrayList<>();
        for (FleetNode node : fleet.nodes()) {
            for (long incarnation : node.incarnations()) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                states.add(fleet.journals().awaitComplete(node.name(), incarnation, left));
            }
        }
        return states;
    }

    /** The probe's, and what the application's own are like. */
    private List<String> workloads() {
        return Stream.concat(
                        drill.users().workloads().stream(),
                        drill.users().flow().workloads().stream()
                                .map(own -> own.kind().name().toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    private static JournalFacts facts(JournalState state) {
        return new JournalFacts(state.node(), state.incarnation(), state.nextSeq(), state.whole(), state.damage());
    }

    private static long announced(ArmedInjection injection, List<JournalState> journals) {
        return journals.stream()
                .filter(journal -> journal.node().equals(injection.node()))
                .mapToLong(journal ->
                        journal.faults().getOrDefault(injection.spec().id(), 0L))
                .sum();
    }

    private List<ClockFacts> clocks() {
        List<ClockFacts> clocks = new ArrayList<>();
        for (FleetNode node : fleet.nodes()) {
            for (long incarnation : node.incarnations()) {
                node.clock(incarnation)
                        .ifPresent(interval -> clocks.add(new ClockFacts(
                                node.name(),
                                incarnation,
                                interval.lower(),
                                interval.upper(),
                                node.clockBounds(incarnation))));
            }
        }
        return clocks;
    }

    private List<PointHealth> points() {
        return fleet.nodes().stream()
                .flatMap(node -> node.points().stream()
                        .map(point -> new PointHealth(
                                node.name(),
                                point.getName(),
                                point.getKind(),
                                point.getState() == Point.State.WOVEN,
                                point.getReason())))
                .toList();
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Midwrite", setting.version());
        versions.put("Controller JDK", Runtime.version().toString());
        versions.put("Store", storeVersion);
        for (FleetNode node : fleet.nodes()) {
            versions.put(node.name() + " JDK", node.jdk());
            versions.put(node.name() + " agent", node.agentVersion());
        }
        versions.put(
                "System",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return versions;
    }
}
