package dev.midwrite.controller.history;

import dev.midwrite.check.Trial.StoreEvent;
import dev.midwrite.controller.history.RunFacts.StoreFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What happened to a store, as its own statistics prove it: each where two samples differ that follow each other. */
final class StoreEvents {
    private final List<StoreEvent> events = new ArrayList<>();

    private StoreEvents() {}

    /** In order of time. */
    static List<StoreEvent> of(StoreFacts facts) {
        StoreEvents found = new StoreEvents();
        StoreSample before = null;
        for (StoreSample sample : facts.samples()) {
            if (sample.up()) {
                if (before != null) {
                    found.compare(before, sample);
                }
                before = sample;
            }
        }
        return Stream.concat(facts.deeds().stream(), found.events.stream())
                .sorted(Comparator.comparingLong(StoreEvent::from))
                .toList();
    }

    /** What a reader should know of the store: what it said first and last, and what happened in between. */
    static List<String> words(StoreFacts facts) {
        List<StoreSample> up = facts.samples().stream()
                .filter(sample ->
                        sample.up() && !sample.fields().isEmpty()) // Where there is no store, nothing is told.
                .toList();
        if (up.isEmpty()) {
            return List.of();
        }
        StoreSample first = up.get(0);
        StoreSample last = up.get(up.size() - 1);
        List<String> words = new ArrayList<>();
        if (first.text("role").isEmpty()) { // No Redis: it says little of itself.
            words.add("The store said of itself, first and last: " + other(first, last) + ".");
        } else {
            words.add(redis(first, last));
        }
        if (!facts.samples().get(facts.samples().size() - 1).up()) {
            words.add("In the end the store did not answer.");
        }
        of(facts).stream().map(StoreEvent::what).forEach(words::add);
        return List.copyOf(words);
    }

    private static String other(StoreSample first, StoreSample last) {
        String keys = both(first, last, StoreSample.KEYS);
        return first.text(StoreSample.SERVERS).isEmpty()
                ? keys
                : both(first, last, StoreSample.SERVERS) + ", " + keys + ", " + both(first, last, "evicted_keys");
    }

    private static String redis(StoreSample first, StoreSample last) {
        return "The store said of itself, first and last: " + both(first, last, "role") + ", "
                + both(first, last, StoreSample.KEYS) + ", " + both(first, last, "evicted_keys") + ", "
                + both(first, last, "expired_keys") + ", " + both(first, last, "maxmemory") + ", "
                + both(first, last, "maxmemory_policy") + ", " + both(first, last, "save") + ", "
                + both(first, last, "appendonly") + ", " + both(first, last, "connected_slaves") + ".";
    }

    private static String both(StoreSample first, StoreSample last, String field) {
        String one = shown(first, field);
        String other = shown(last, field);
        return field.replace('_', ' ') + " " + (one.equals(other) ? one : one + " → " + other);
    }

    private static String shown(StoreSample sample, String field) {
        return sample.text(field).isEmpty() ? "none" : sample.text(field);
    }

    private void compare(StoreSample before, StoreSample after) {
        if (!before.text("run_id").equals(after.text("run_id"))) {
            // Its counters begin anew with a process, so nothing else can be compared.
            add(
                    before,
                    after,
                    other(after) + " " + when(before, after) + ": " + keys(before) + " before, " + keys(after)
                            + " after");
            return;
        }
        long evicted = grown(before, after, "evicted_keys");
        if (evicted > 0) {
            add(
                    before,
                    after,
                    "The store evicted " + count(evicted, "key") + " " + when(before, after) + " (maxmemory "
                            + after.text("maxmemory")
                            + (after.text("maxmemory_policy").isEmpty() ? "" : ", " + after.text("maxmemory_policy"))
                            + ")");
        }
        if (grown(before, after, StoreSample.FLUSHES) > 0) {
            add(
                    before,
                    after,
                    "The store was flushed " + when(before, after) + ": " + keys(before) + " before, " + keys(after)
                            + " after");
        }
        long rejected = grown(before, after, StoreSample.OUT_OF_MEMORY);
        if (rejected > 0) {
            add(
                    before,
                    after,
                    "The store was full and rejected " + count(rejected, "command") + " " + when(before, after)
                            + " (maxmemory " + after.text("maxmemory") + ", " + after.text("maxmemory_policy") + ")");
        }
    }

    private static String other(StoreSample after) {
        return after.text(StoreSample.SERVERS).isEmpty()
                ? "Another process answers for the store (" + after.text("role") + ", save \"" + after.text("save")
                        + "\", appendonly " + after.text("appendonly") + "), which began"
                : "Other processes answer for the store (" + after.text(StoreSample.SERVERS)
                        + " servers) since a moment";
    }

    private void add(StoreSample before, StoreSample after, String words) {
        events.add(new StoreEvent(before.at(), after.at(), words + "."));
    }

    private static long grown(StoreSample before, StoreSample after, String field) {
        return after.number(field) - before.number(field);
    }

    private static String keys(StoreSample sample) {
        return count(sample.number(StoreSample.KEYS), "key");
    }

    private static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }

    private static String when(StoreSample before, StoreSample after) {
        return String.format(Locale.ROOT, "between %.1f s and %.1f s", before.at() / 1e9, after.at() / 1e9);
    }
}
