package dev.midwrite.controller.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a cluster said of each of its pods, in the order in which it was heard. */
public final class ClusterMoments {
    private static final double NANOS_BY_SECOND = 1e9;
    private static final String CAVEAT =
            "Moments of pods are when the controller heard of them, by its own clock. The cluster's own times, where it has"
                    + " any, are whole seconds of its own clock. When a pod is asked to end its preStop hook runs first; when"
                    + " its processes then get the signal (TERM), Kubernetes does not tell.";

    private ClusterMoments() {}

    /**
     * One sentence for each pod, and then what is to be known of all.
     *
     * @param origin of the timeline, on the users' clock
     */
    public static List<String> words(List<NodeInstant> instants, long origin) {
        Map<String, List<NodeInstant>> pods = instants.stream()
                .filter(instant -> instant.kind() == NodeInstant.Kind.CLUSTER)
                .sorted(Comparator.comparingLong(NodeInstant::at))
                .collect(Collectors.groupingBy(NodeInstant::node, LinkedHashMap::new, Collectors.toList()));
        List<String> words = new ArrayList<>();
        pods.forEach((pod, moments) -> words.add("Pod " + pod + ": "
                + moments.stream().map(moment -> words(moment, origin)).collect(Collectors.joining(", ")) + "."));
        if (!words.isEmpty()) {
            words.add(CAVEAT);
        }
        return words;
    }

    private static String words(NodeInstant moment, long origin) {
        return String.format(Locale.ROOT, "%s %.3f s", moment.label(), (moment.at() - origin) / NANOS_BY_SECOND)
                + (moment.detail().isEmpty() ? "" : " (" + moment.detail() + ")");
    }
}
