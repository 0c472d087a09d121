package dev.midwrite.controller.report;

import dev.midwrite.check.fleet.Arrival;
import dev.midwrite.check.fleet.ReplicatedWrite.Asked;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.check.fleet.ReplicationFigures.Exposed;
import dev.midwrite.check.fleet.ReplicationFigures.Lag;
import dev.midwrite.check.fleet.ReplicationFigures.Missing;
import dev.midwrite.check.fleet.ReplicationFigures.Range;
import dev.midwrite.check.fleet.ReplicationFigures.Reaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was measured of replication, in lines for people. */
final class ReplicationText {
    private static final int MOST_NAMED = 5;

    private final ReplicationFigures figures;
    private final Wording wording;

    ReplicationText(ReportInput input) {
        this.figures = input.replication();
        this.wording = new Wording(input);
    }

    /** Empty if no node journaled what it replicated. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (figures.isEmpty()) {
            return lines;
        }
        List<String[]> rows = new ArrayList<>();
        figures.lags().forEach(lag -> rows.add(lag(lag)));
        lines.addAll(Columns.align(rows));
        lines.add(exposure(figures.exposed()));
        figures.reactions().forEach(reaction -> lines.add(reaction(reaction)));
        missing(lines);
        return lines;
    }

    private static String[] lag(Lag lag) {
        return new String[] {
            "to " + lag.replica(),
            lag.phase(),
            mode(lag),
            "p50 " + range(lag.p50()),
            "p99 " + range(lag.p99()),
            "max " + range(lag.max()),
            Wording.count(lag.writes(), "write"),
            (lag.never() == 0 ? "" : Wording.count(lag.never()) + " never arrived ")
                    + (lag.undecided() == 0 ? "" : Wording.count(lag.undecided()) + " undecided")
        };
    }

    /** What was asked for, and what was seen. */
    static String mode(Lag lag) {
        String asked = lag.asked().stream().sorted().map(ReplicationText::asked).collect(Collectors.joining(" or "));
        return (asked.isEmpty() ? "" : asked + ", ")
                + switch (lag.mode()) {
                    case SYNC -> "in step";
                    case ASYNC -> "behind the answers";
                    case MIXED -> "some behind the answers";
                    case UNDECIDED -> lag.undecided() == lag.writes() ? "undecided" : "in step so far";
                };
    }

    private static String asked(Asked asked) {
        return switch (asked) {
            case APPLIED -> "waits until applied";
            case RECEIVED -> "waits until received";
            case NOTHING -> "does not wait";
            case UNKNOWN -> "";
        };
    }

    static String range(Range range) {
        if (range.most() == Arrival.NEVER) {
            return range.least() == Arrival.NEVER
                    ? "never"
                    : range.least() == 0 ? "unknown" : "≥ " + Wording.duration(range.least());
        }
        return range.least() == range.most()
                ? Wording.duration(range.least())
                : Wording.duration(range.least()) + " … " + Wording.duration(range.most());
    }

    private String exposure(Exposed exposed) {
        Range peak = exposed.peak();
        String most = peak.least() == peak.most()
                ? Wording.count(peak.least())
                : Wording.count(peak.least()) + " … " + Wording.count(peak.most());
        StringBuilder line = new StringBuilder("exposure: at most " + most + " of " + Wording.count(figures.writes())
                + " acknowledged writes at a time on one node only");
        if (peak.least() > 0) {
            line.append(", ").append(wording.moment(exposed.peakAt()));
        }
        if (exposed.never() > 0) {
            line.append("; ").append(Wording.count(exposed.never())).append(" never reached a second node");
        }
        if (exposed.open() > 0) {
            line.append("; ").append(Wording.count(exposed.open())).append(" unknown");
        }
        exposed.drain()
                .ifPresent(nanos -> line.append("; ")
                        .append(
                                nanos == 0
                                        ? "none when all had healed"
                                        : "drained " + Wording.duration(nanos) + " after the heal"));
        return line.toString();
    }

    private static String reaction(Reaction reaction) {
        String counts = reaction.counts().entrySet().stream()
                .map(each -> Wording.count(each.getValue()) + " " + Wording.lower(each.getKey()))
                .collect(Collectors.joining(", "));
        return "#" + reaction.injection() + " " + reaction.fault() + " to " + reaction.replica() + ": "
                + switch (reaction.conduct()) {
                    case BACKPRESSURE -> "backpressure, writers waited or were rejected";
                    case SILENT_DIVERGENCE -> "silent divergence, writers were answered without it";
                    case SIGNALLED -> "signalled";
                    case UNTOUCHED -> "no divergence, all was replicated before the answers";
                    case UNDECIDED -> "undecided";
                }
                + " (" + counts + "); answers took " + Wording.duration(reaction.answered()) + ", "
                + Wording.duration(reaction.steady()) + " in the steady phase";
    }

    private void missing(List<String> lines) {
        for (Missing each : figures.named().stream().limit(MOST_NAMED).toList()) {
            lines.add("never arrived: " + missing(each));
        }
        if (figures.missing() > MOST_NAMED) {
            lines.add("and " + Wording.count(figures.missing() - MOST_NAMED) + " more that never arrived");
        }
    }

    private String missing(Missing each) {
        return "request " + Wording.id(each.request()) + " of session " + Wording.session(each.session())
                + ", answered by "
                + each.node() + " at " + wording.moment(each.at())
                + (each.replica().isEmpty() ? ", was sent to no other node" : ", at " + each.replica());
    }
}
