package dev.midwrite.controller.nodes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that became of a pod.
 *
 * @param label a few words, such as {@code ready}
 * @param detail what the cluster says of it besides, such as its own time; may be empty
 */
record PodMoment(String label, String detail) {

    /**
     * What happened from one state to the next, in the order in which it can have happened.
     *
     * @param before null of a pod that was not known
     */
    static List<PodMoment> between(PodState before, PodState now) {
        List<PodMoment> moments = new ArrayList<>();
        if (before == null) {
            moments.add(new PodMoment("created", time(Optional.of(now.created()))));
        }
        boolean wasReady = before != null && before.ready();
        boolean routed = before != null && before.endpoint() == PodState.Endpoint.READY;
        boolean routes = now.endpoint() == PodState.Endpoint.READY;
        if (!wasReady && now.ready()) {
            moments.add(new PodMoment("ready", time(now.readySince())));
        }
        if (!routed && routes) {
            moments.add(new PodMoment("in the endpoint slice", ""));
        }
        if ((before == null || before.asked().isEmpty()) && now.asked().isPresent()) {
            moments.add(new PodMoment("asked to end", time(now.asked())));
        }
        if (routed && !routes) {
            moments.add(new PodMoment("out of the endpoint slice", rest(now.endpoint())));
        }
        if (wasReady && !now.ready() && !now.gone()) {
            moments.add(new PodMoment("not ready", now.obstacle()));
        }
        if (before != null && now.restarts() > before.restarts()) {
            moments.add(new PodMoment("container started again", now.ended()));
        }
        if (now.gone() && (before == null || !before.gone())) {
            moments.add(new PodMoment("gone", now.ended()));
        }
        return moments;
    }

    private static String time(Optional<Instant> time) {
        return time.map(there -> "at " + there + " by the cluster's clock").orElse("");
    }

    private static String rest(PodState.Endpoint endpoint) {
        return switch (endpoint) {
            case TERMINATING -> "it stays there as terminating";
            case NOT_READY -> "it stays there as not ready";
            case ABSENT, READY -> "";
        };
    }
}
