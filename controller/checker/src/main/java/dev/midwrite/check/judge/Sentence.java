package dev.midwrite.check.judge;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.session.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The one sentence of the banner. */
final class Sentence {
    private static final int NAMED = 3;

    private final Trial trial;
    private final Tally tally;

    Sentence(Trial trial, Tally tally) {
        this.trial = trial;
        this.tally = tally;
    }

    String of(Ruling ruling) {
        String hard = found(Severity.HARD);
        return switch (ruling.verdict()) {
            case PASS ->
                "Nothing that " + promise() + " rules out was seen in " + sessions() + underFaults() + "."
                        + (found(Severity.INFO).isEmpty()
                                        && found(Severity.SOFT).isEmpty()
                                ? ""
                                : " Reported, not gated: "
                                        + String.join("; ", nonEmpty(found(Severity.SOFT), found(Severity.INFO)))
                                        + ".");
            case FAIL -> upper(hard) + underFaults() + ".";
            case GATE_MISSED ->
                "No hard violation in " + sessions() + ", but "
                        + lower(ruling.reasons().get(ruling.reasons().size() - 1));
            case INCONCLUSIVE ->
                "Neither proved nor refuted: " + lower(ruling.reasons().get(0));
            case VACUOUS ->
                "Nothing was tested: " + lower(ruling.reasons().get(0))
                        + (hard.isEmpty() ? "" : " And yet: " + hard + ".");
            case INVALID ->
                "The run cannot be judged: " + lower(ruling.reasons().get(0));
        };
    }

    private static List<String> nonEmpty(String... parts) {
        return Arrays.stream(parts).filter(part -> !part.isEmpty()).toList();
    }

    private String promise() {
        return "the profile " + trial.profile().name().toLowerCase(Locale.ROOT);
    }

    private String sessions() {
        return tally.sessions() == 1 ? "one session" : tally.sessions() + " sessions";
    }

    private String found(Severity severity) {
        List<Anomaly> anomalies = tally.violations().stream()
                .filter(violation -> violation.severity() == severity)
                .map(violation -> violation.anomaly())
                .distinct()
                .toList();
        String named = anomalies.stream()
                .limit(NAMED)
                .map(anomaly ->
                        lower(anomaly.title()) + " (" + tally.of(anomaly).count(severity) + " in "
                                + tally.of(anomaly).sessions()
                                + (tally.of(anomaly).sessions() == 1 ? " session)" : " sessions)"))
                .collect(Collectors.joining(", "));
        return anomalies.size() > NAMED ? named + " and " + (anomalies.size() - NAMED) + " more kinds" : named;
    }

    private String underFaults() {
        List<String> faults = trial.faults().stream()
                .filter(fault -> fault.applied() > 0 || !fault.happened().isEmpty())
                .map(fault ->
                        fault.name() + (fault.point().isEmpty() ? "" : " at " + fault.point()) + " on " + fault.node())
                .distinct()
                .toList();
        if (faults.isEmpty()) {
            return "";
        }
        return ", under " + faults.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (faults.size() > NAMED ? " and " + (faults.size() - NAMED) + " more" : "");
    }

    private static String upper(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String lower(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
