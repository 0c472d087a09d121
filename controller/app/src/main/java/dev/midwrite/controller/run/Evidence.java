package dev.midwrite.controller.run;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.NodeRuns;
import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.controller.history.RunFacts;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.serve.JournalState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Collects what the verdict will rest on, for the bundle, beside the users' history. Thread-safe. */
final class Evidence {
    private final Drill drill;
    private final RunSetting setting;
    private final RunClock clock;
    private final Instant started;
    private final String storeVersion;
    private final Witnesses witnesses;
    private final Aftermath aftermath = new Aftermath();

    Evidence(
            Drill drill,
            RunSetting setting,
            RunClock clock,
            Instant started,
            String storeVersion,
            Witnesses witnesses) {
        this.drill = drill;
        this.setting = setting;
        this.clock = clock;
        this.started = started;
        this.storeVersion = storeVersion;
        this.witnesses = witnesses;
    }

    /** While the run goes on: what it has gone on after. Nothing any more once it is told to end. */
    void writeSoFar(Bundle bundle, ExerciseResult known, List<String> notes) {
        NodeRuns all = witnesses.watch().exits(known.replacements());
        long now = clock.now();
        NodeRuns runs = all.with(
                Stream.concat(all.exits().stream().filter(ExitFacts::asked), aftermath.of(unasked(all), now).stream())
                        .toList());
        ExerciseResult exercised = known.assuming(aftermath.of(known.assumptions(), now));
        FleetEvidence fleet = witnesses.fleet().known();
        if (setting.reaper().ending()) {
            return;
        }
        bundle.writePartial(facts(exercised, fleet, runs, 0));
        context(exercised, fleet, notes).write(bundle.directory());
    }

    private static List<ExitFacts> unasked(NodeRuns runs) {
        return runs.exits().stream().filter(exit -> !exit.asked()).toList();
    }

    /**
     * Once it is over; ends recording, and waits for what journals still hold.
     *
     * @throws InterruptedException if it is told to end: nobody knows what that had ended already
     */
    void write(Bundle bundle, ExerciseResult exercised, List<String> notes) throws InterruptedException {
        FleetEvidence fleet = witnesses.fleet().evidence();
        NodeRuns runs = witnesses.watch().runs(exercised.replacements());
        long now = clock.now();
        clock.sleep(Math.max(aftermath.left(unasked(runs), now), aftermath.left(exercised.assumptions(), now)));
        setting.reaper().requireGoingOn();
        bundle.write(facts(exercised, fleet, runs, bundle.historyBytes()));
        context(exercised, fleet, notes).write(bundle.directory());
    }

    /** @param runs asked for before faults are, so that no node has ended by one that is not known yet */
    private RunFacts facts(ExerciseResult exercised, FleetEvidence fleet, NodeRuns runs, long historyBytes) {
        List<JournalState> journals = fleet.journals();
        List<FaultFacts> faults = new ArrayList<>(exercised.actions());
        witnesses
                .injector()
                .all()
                .forEach(injection -> faults.add(injection.facts(announced(injection, journals), clock.now())));
        faults.sort(Comparator.comparingLong(FaultFacts::from));
        return new RunFacts(
                RunFacts.FORMAT,
                new RunFacts.Origin(
                        drill.name(), drill.seed(), versions(fleet), started.toString(), clock.originNanos()),
                new RunFacts.Promise(
                        drill.profile(),
                        drill.scope(),
                        drill.checks().idempotencyKeys(),
                        drill.checks().externalStore(),
                        drill.users().ttl().toNanos(),
                        drill.users().ttlNamed(),
                        drill.checks().reaperGrace().toNanos()),
                new RunFacts.UserFacts(
                        exercised.attributes(),
                        workloads(),
                        exercised.probeSessions(),
                        drill.users().timeout().toNanos(),
                        historyBytes),
                new RunFacts.FleetFacts(
                        witnesses.nodeNames().get(),
                        fleet.clocks(),
                        journals.stream().map(JournalFacts::of).toList(),
                        runs),
                new RunFacts.Course(faults, exercised.healedAt(), exercised.settledAt()),
                exercised.store(),
                exercised.storeFacts(),
                exercised.assumptions());
    }

    /** What a reader will be told beside it. */
    private RunContext context(ExerciseResult exercised, FleetEvidence fleet, List<String> notes) {
        return new RunContext(
                drill.description(),
                drill.file().toString(),
                setting.command(),
                clock.now(),
                exercised.origin(),
                witnesses.injector().all().stream()
                        .map(injection -> injection.health(announced(injection, fleet.journals())))
                        .map(RunContext.Fault::of)
                        .toList(),
                fleet.points(),
                witnesses.watch().instants(),
                List.copyOf(notes),
                exercised.rolledBack());
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

    private static long announced(ArmedInjection injection, List<JournalState> journals) {
        return journals.stream()
                .filter(journal -> journal.node().equals(injection.node()))
                .mapToLong(journal ->
                        journal.faults().getOrDefault(injection.spec().id(), 0L))
                .sum();
    }

    private Map<String, String> versions(FleetEvidence fleet) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Midwrite", setting.version());
        versions.put("Controller JDK", Runtime.version().toString());
        versions.put("Store", storeVersion);
        versions.putAll(fleet.versions());
        versions.put(
                "System",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return versions;
    }
}
