package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.controller.history.RunFacts.ClockFacts;
import dev.midwrite.controller.serve.ClockBound;
import dev.midwrite.controller.serve.ClockTrack;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Can the nodes' clocks be compared with the users'? Besides the pings each answered request bounds the offset: it was sent
 * before the node journaled its begin, and answered after the node journaled that the response began. If no offset fits
 * all that, one of the clocks was set, stood still or ran too fast. O(n log n).
 */
final class ClockModel {
    private final RunFacts facts;
    private final Map<Long, List<ClockBound>> ofRequests = new HashMap<>();

    private ClockModel(RunFacts facts) {
        this.facts = facts;
    }

    /** One sentence for each start of a node whose clock contradicts itself. */
    static List<String> doubts(RunFacts facts, List<UserOperation> operations, JournalIndex journals) {
        ClockModel model = new ClockModel(facts);
        model.collect(operations, journals);
        return facts.fleet().clocks().stream()
                .map(model::doubt)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    private void collect(List<UserOperation> operations, JournalIndex journals) {
        Set<Long> once = new HashSet<>();
        Set<Long> again = new HashSet<>();
        operations.forEach(operation -> {
            if (!once.add(operation.request())) {
                again.add(operation.request());
            }
        });
        for (UserOperation operation : operations) {
            // Which attempt a record belongs to is only plain where there was one.
            if (operation.outcome() == Outcome.OK && !again.contains(operation.request())) {
                bound(operation, journals.ofRequest(operation.request()));
            }
        }
    }

    private void bound(UserOperation operation, List<Entry> entries) {
        long sent = facts.origin().originNanos() + operation.invoked();
        long received = facts.origin().originNanos() + operation.returned();
        for (Entry entry : entries) {
            long node = entry.event().monoNanos();
            if (Passage.requestBegins(entry)) {
                of(entry).add(ClockBound.atMost(sent, node - sent));
            } else if (Passage.responseBegins(entry)) {
                of(entry).add(ClockBound.atLeast(received, node - received));
            }
        }
    }

    private List<ClockBound> of(Entry entry) {
        return ofRequests.computeIfAbsent(entry.incarnation(), incarnation -> new ArrayList<>());
    }

    private String doubt(ClockFacts clock) {
        ClockTrack pings = clock.track();
        if (pings.contradiction() > 0) {
            return sentence(clock, "pings contradict each other", pings);
        }
        List<ClockBound> all = new ArrayList<>(ofRequests.getOrDefault(clock.incarnation(), List.of()));
        if (clock.bounds().isEmpty()) {
            // One interval for the whole run holds whenever there was a request.
            all.addAll(all.stream()
                    .map(bound -> new ClockBound(bound.at(), clock.lower(), clock.upper()))
                    .toList());
        }
        all.addAll(clock.bounds());
        if (all.isEmpty()) {
            return "";
        }
        ClockTrack requests = ClockTrack.of(all);
        return requests.contradiction() > 0 ? sentence(clock, "requests contradict the pings", requests) : "";
    }

    private String sentence(ClockFacts clock, String what, ClockTrack track) {
        return String.format(
                Locale.ROOT,
                "The clock of %s (start %016x) cannot be compared with the users': %s by %.3f ms, %.2f s into the run.",
                clock.node(),
                clock.incarnation(),
                what,
                track.contradiction() / 1e6,
                (track.contradictedAt() - facts.origin().originNanos()) / 1e9);
    }
}
