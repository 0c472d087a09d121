package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Trial.StoreEvent;
import dev.midwrite.controller.history.RunFacts.StoreFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreEventsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void whatDoesNotChangeIsNoEvent() {
        assertThat(events(sample(1), sample(2, "keys", "900", "expired_keys", "4")))
                .isEmpty();
        assertThat(events()).isEmpty();
    }

    @Test
    void evictionsAreCounted() {
        assertThat(events(
                        sample(1),
                        sample(3, "evicted_keys", "1312", "maxmemory", "2000000", "maxmemory_policy", "allkeys-lru")))
                .containsExactly(new StoreEvent(
                        SECOND,
                        3 * SECOND,
                        "The store evicted 1,312 keys between 1.0 s and 3.0 s (maxmemory 2000000, allkeys-lru)."));
    }

    @Test
    void anotherProcessThatAnswersIsNamedWithWhatItKept() {
        assertThat(events(
                        sample(1, "evicted_keys", "9"),
                        StoreSample.down(2 * SECOND),
                        sample(3, "run_id", "b", "keys", "0")))
                .extracting(StoreEvent::what)
                .containsExactly("Another process answers for the store (master, save \"\", appendonly no), which began"
                        + " between 1.0 s and 3.0 s: 40 keys before, 0 keys after.");
    }

    @Test
    void serversOnEqualTermsAreCounted() {
        StoreSample two = new StoreSample(
                SECOND, true, Map.of("run_id", "7,8", "servers", "2 of 2", "keys", "40", "evicted_keys", "0"));
        StoreSample one = new StoreSample(
                2 * SECOND, true, Map.of("run_id", "none,8", "servers", "1 of 2", "keys", "19", "evicted_keys", "3"));
        assertThat(events(two, one))
                .extracting(StoreEvent::what)
                .containsExactly(
                        "Other processes answer for the store (1 of 2 servers) since a moment between 1.0 s and"
                                + " 2.0 s: 40 keys before, 19 keys after.");
        assertThat(StoreEvents.words(new StoreFacts(List.of(two, one), List.of()))
                        .get(0))
                .isEqualTo(
                        "The store said of itself, first and last: servers 2 of 2 → 1 of 2, keys 40 → 19, evicted keys"
                                + " 0 → 3.");
    }

    @Test
    void flushesAndRejectedCommandsAreNamed() {
        assertThat(events(
                        sample(1),
                        sample(2, "flushes", "1", "keys", "1"),
                        sample(3, "flushes", "1", "keys", "1", "rejected_for_memory", "12")))
                .extracting(StoreEvent::what)
                .containsExactly(
                        "The store was flushed between 1.0 s and 2.0 s: 40 keys before, 1 key after.",
                        "The store was full and rejected 12 commands between 2.0 s and 3.0 s (maxmemory 0,"
                                + " noeviction).");
    }

    @Test
    void whatTheDrillDidStandsAmongThem() {
        StoreEvent deed = new StoreEvent(2 * SECOND, 2 * SECOND, "The store was killed at 2.0 s.");

        assertThat(StoreEvents.of(new StoreFacts(List.of(sample(1), sample(3, "run_id", "b")), List.of(deed))))
                .extracting(StoreEvent::from)
                .containsExactly(SECOND, 2 * SECOND);
    }

    @Test
    void aReaderSeesItFirstAndLast() {
        StoreFacts facts = new StoreFacts(
                List.of(sample(1), sample(3, "evicted_keys", "2", "keys", "7"), StoreSample.down(4 * SECOND)),
                List.of());

        assertThat(StoreEvents.words(facts))
                .containsExactly(
                        "The store said of itself, first and last: role master, keys 40 → 7, evicted keys none → 2,"
                                + " expired keys none, maxmemory 0, maxmemory policy noeviction, save none, appendonly no,"
                                + " connected slaves none.",
                        "In the end the store did not answer.",
                        "The store evicted 2 keys between 1.0 s and 3.0 s (maxmemory 0, noeviction).");
        assertThat(StoreEvents.words(StoreFacts.NONE)).isEmpty();
        List<StoreSample> silent = List.of(new StoreSample(SECOND, true, Map.of()), new StoreSample(2, true, Map.of()));
        assertThat(StoreEvents.words(new StoreFacts(silent, List.of()))).isEmpty();
    }

    private static List<StoreEvent> events(StoreSample... samples) {
        return StoreEvents.of(new StoreFacts(List.of(samples), List.of()));
    }

    private static StoreSample sample(long second, String... changed) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "run_id",
                "a",
                "role",
                "master",
                "keys",
                "40",
                "save",
                "",
                "appendonly",
                "no",
                "maxmemory",
                "0",
                "maxmemory_policy",
                "noeviction"));
        for (int i = 0; i < changed.length; i += 2) {
            fields.put(changed[i], changed[i + 1]);
        }
        return new StoreSample(second * SECOND, true, fields);
    }
}
