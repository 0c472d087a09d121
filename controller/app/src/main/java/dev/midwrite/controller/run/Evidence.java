package dev.midwrite.controller.run;

import dev.midwrite.controller.history.Bundle;
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

/** Collects what the verdict will rest on, and writes it into the bundle beside the users' history. */
final class Evidence {
    private final Drill drill;
    private final RunSetting setting;
    private final RunClock clock;
    private final Instant started;
    private final String storeVersion;

    Evidence(Drill drill, RunSetting setting, RunClock clock, Instant started, String storeVersion) {
        this.drill = drill;
        this.setting = setting;
        this.clock = clock;
        this.started = started;
        this.storeVersion = storeVersion;
    }

    void write(
            Bundle bundle,
            Exercised exercised,
            FleetEvidence fleet,
            Injector injector,
            NodeWatch watch,
            List<String> nodeNames,
            List<String> notes) {
        List<JournalState> journals = fleet.journals();
        List<FaultFacts> faults = new ArrayList<>(exercised.actions());
        injector.all().forEach(injection -> faults.add(injection.facts(announced(injection, journals))));
        faults.sort(Comparator.comparingLong(FaultFacts::from));
        bundle.write(new RunFacts(
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
                        bundle.historyBytes()),
                new RunFacts.FleetFacts(
                        nodeNames,
                        fleet.clocks(),
                        journals.stream().map(Evidence::facts).toList(),
                        watch.runs(exercised.replacements())),
                new RunFacts.Course(faults, exercised.healedAt(), exercised.settledAt()),
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
                        fleet.points(),
                        watch.instants(),
                        List.copyOf(notes))
                .write(bundle.directory());
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
