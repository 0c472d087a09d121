package dev.midwrite.check.judge;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.session.Tally;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
                "Nothing that " + promise() + " rules out was seen in " + sessions() + "." + injected()
                        + (found(Severity.INFO).isEmpty()
                                        && found(Severity.SOFT).isEmpty()
                                ? ""
                                : " Reported, not gated: "
                                        + String.join("; ", nonEmpty(found(Severity.SOFT), found(Severity.INFO)))
                                        + ".");
            case FAIL ->
                upper(hard) + "." + injected() + besides(ruling)
                        + (trial.interruption().isEmpty() ? "" : " " + trial.interruption());
            case GATE_MISSED ->
                "No hard violation in " + sessions() + ", but "
                        + lower(ruling.deciding().get(0));
            case INCONCLUSIVE ->
                "Neither proved nor refuted: " + lower(ruling.deciding().get(0));
            case VACUOUS -> "Nothing was tested: " + lower(ruling.deciding().get(0));
            case INVALID ->
                "The run cannot be judged: " + lower(ruling.deciding().get(0));
        };
    }

    /** What would have been the verdict without something hard. */
    private static String besides(Ruling ruling) {
        return first("Besides, the rest of the run cannot be judged: ", ruling.of(Verdict.INVALID))
                + first("Besides, not everything was tested: ", ruling.of(Verdict.VACUOUS));
    }

    private static String first(String words, List<String> sentences) {
        return sentences.isEmpty() ? "" : " " + words + lower(sentences.get(0));
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
                .map(anomaly -> lower(anomaly.title()) + times(tally.of(anomaly).count(severity), sessions(anomaly)))
                .collect(Collectors.joining("; "));
        return anomalies.size() > NAMED ? named + "; and " + (anomalies.size() - NAMED) + " more kinds" : named;
    }

    /** A node that ends is no session. */
    private long sessions(Anomaly anomaly) {
        return anomaly.property() == Property.NODES ? 0 : tally.of(anomaly).sessions();
    }

    private static String times(long count, long sessions) {
        return (count == 1 ? ", once" : ", " + count + " times")
                + (sessions > 1 ? " in " + sessions + " sessions" : "");
    }

    /** What really happened, such as " Injected: drop at session.save on node-1, node-2." */
    private String injected() {
        Map<String, Set<String>> nodes = new LinkedHashMap<>();
        trial.faults().stream()
                .filter(fault -> fault.applied() > 0 || !fault.happened().isEmpty())
                .forEach(fault -> nodes.computeIfAbsent(
                                fault.name() + (fault.point().isEmpty() ? "" : " at " + fault.point()),
                                name -> new LinkedHashSet<>())
                        .add(fault.node()));
        if (nodes.isEmpty()) {
            return "";
        }
        return " Injected: "
                + nodes.entrySet().stream()
                        .limit(NAMED)
                        .map(fault -> fault.getKey() + " on " + String.join(", ", fault.getValue()))
                        .collect(Collectors.joining("; "))
                + (nodes.size() > NAMED ? "; and " + (nodes.size() - NAMED) + " more." : ".");
    }

    private static String upper(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String lower(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
