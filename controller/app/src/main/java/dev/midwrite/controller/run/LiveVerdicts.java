package dev.midwrite.controller.run;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.front.FrontHistory;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.StartFacts;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.history.TraceIds;
import dev.midwrite.controller.live.LiveJudging;
import dev.midwrite.controller.live.LiveTally;
import dev.midwrite.controller.live.TakenBack;
import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.users.UserPopulation;
import dev.midwrite.event.UserOperation;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a run says of its users before it is judged: {@code start.json}, from which others may follow it too, and
 * violations as they are found. The verdict rests on none of it. Thread-safe.
 */
final class LiveVerdicts implements AutoCloseable {
    /** From a request's timeout to when its end is in the history. */
    private static final Duration RECORDING = Duration.ofSeconds(1);

    /** Hard only if the session never comes back, which nobody knows yet. */
    private static final Set<Anomaly> GONE =
            EnumSet.of(Anomaly.SESSION_LOST, Anomaly.SESSION_REPLACED, Anomaly.LOGGED_OUT);

    private final Bundle bundle;
    private final StartFacts facts;
    private final LiveTally found;
    private final ControllerMeters meters;
    private final StartFile file;
    private final LongAdder damaged = new LongAdder();

    private LiveVerdicts(Bundle bundle, StartFacts facts, RunSetting setting, Optional<TraceIds> traces) {
        this.bundle = bundle;
        this.facts = facts;
        this.meters = setting.meters();
        this.found = new LiveTally(facts, new LiveTally.Teller() {
            @Override
            public void violation(Violation violation, String line) {
                setting.progress().note(note(violation, line, traces));
            }

            @Override
            public void countedFromNowOn(String sentence) {
                setting.progress().note(sentence);
            }
        });
        this.file = StartFile.create(bundle, facts);
    }

    static LiveVerdicts begin(
            Bundle bundle,
            Drill drill,
            Instant started,
            List<String> nodes,
            RunSetting setting,
            Optional<TraceIds> traces,
            int metricsPort) {
        return new LiveVerdicts(
                bundle,
                new StartFacts(
                        StartFacts.FORMAT,
                        drill.name(),
                        drill.seed(),
                        drill.profile(),
                        drill.scope(),
                        started.toString(),
                        nodes,
                        drill.users().foreign().isPresent()
                                ? FrontHistory.ATTRIBUTES
                                : UserPopulation.attributes(drill.users().flow()),
                        drill.checks().idempotencyKeys(),
                        drill.users().ttl().toNanos(),
                        drill.checks().reaperGrace().toNanos(),
                        drill.users().timeout().plus(RECORDING).toNanos(),
                        metricsPort),
                setting,
                traces);
    }

    /** About the last request of its evidence, with which it was seen. */
    private Note note(Violation violation, String line, Optional<TraceIds> traces) {
        Note note = new Note(Level.WARNING, line, "", "");
        List<UserOperation> witness = violation.witness();
        if (witness.isEmpty()) {
            return note;
        }
        UserOperation last = witness.get(witness.size() - 1);
        return new Note(
                Level.WARNING,
                line,
                last.node() > 0 && last.node() < facts.nodes().size()
                        ? facts.nodes().get(last.node())
                        : "",
                traces.map(ids -> ids.of(last.request(), 0).traceId()).orElse(""));
    }

    /** Names by number, of what users read and write. */
    List<String> attributes() {
        return facts.attributes();
    }

    LiveJudging judge(HistoryWriter history, RunClock clock, Progress progress) {
        return LiveJudging.start(bundle, facts, history, clock::now, this::found, sentence -> progress.note(sentence));
    }

    /** How many findings of damaged or missing sessions there are so far; the verdict may take some of them back. */
    long damaged() {
        return damaged.sum();
    }

    private void found(Violation violation) {
        if (violation.severity() == Severity.HARD || GONE.contains(violation.anomaly())) {
            damaged.increment();
        }
        meters.foundLive(violation, GONE.contains(violation.anomaly()));
        found.found(violation);
    }

    /** Of which session something was said that the verdict does not know. */
    List<String> takenBack(RunResult judged) {
        return TakenBack.sentences(bundle, judged.input().trial(), found.sessions());
    }

    /** To be put before other words; empty if nothing was found. */
    String words() {
        return found.words().isEmpty() ? "" : found.words() + ", ";
    }

    /** The run is over. */
    @Override
    public void close() {
        file.close();
    }
}
