package dev.midwrite.controller.report;

import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.controller.curve.RunCurves;
import dev.midwrite.controller.history.NodeShutdown;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.function.LongFunction;

/**
 * All that a report is made of. All times are nanoseconds on the users' clock, as in {@link Trial}.
 *
 * @param evidence what the verdict rests on
 * @param origin the moment that is shown as 0 s: the timeline's start
 * @param operations of the session with this label, in any order; an empty list if there is none. Asked only for
 *     sessions that stand on cards
 * @param instants what the nodes' journals say, in any order; only those that belong to a session on a card or to no
 *     session are shown, so the caller may leave out the rest
 * @param curves what users met over time
 * @param replication what nodes did with acknowledged writes among each other
 * @param traces of operations that stand on cards
 * @param shutdowns how nodes ended that were asked to, in order of time
 */
public record ReportInput(
        Judgement judgement,
        EvidenceLevel evidence,
        Trial trial,
        DrillFacts drill,
        long origin,
        LongFunction<List<UserOperation>> operations,
        List<NodeInstant> instants,
        RunHealth health,
        RunCurves curves,
        ReplicationFigures replication,
        TraceLinks traces,
        List<NodeShutdown> shutdowns) {

    /** Of a service whose nodes do not replicate to each other, and whose users name no traces. */
    public ReportInput(
            Judgement judgement,
            EvidenceLevel evidence,
            Trial trial,
            DrillFacts drill,
            long origin,
            LongFunction<List<UserOperation>> operations,
            List<NodeInstant> instants,
            RunHealth health,
            RunCurves curves) {
        this(
                judgement,
                evidence,
                trial,
                drill,
                origin,
                operations,
                instants,
                health,
                curves,
                ReplicationFigures.NONE,
                TraceLinks.NONE,
                List.of());
    }
}
