package dev.midwrite.controller.incident;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.StoreSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which store an incident needs. */
public enum StoreNeed {
    ANY("any store"),
    REDIS("sessions in Redis (store.kind: redis)"),
    /** The course breaks the store, and nobody's store but the drill's own is broken. */
    EMBEDDED_REDIS("an embedded Redis (store.kind: redis, store.address: embedded)");

    private final String words;

    StoreNeed(String words) {
        this.words = words;
    }

    /** As a page says it; empty if there is none of this name. */
    static Optional<StoreNeed> of(String label) {
        return Arrays.stream(values())
                .filter(need -> need.label().equals(label))
                .findFirst();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the service of this drill has in its place; empty if it has what is needed. */
    Optional<String> missing(Drill drill) {
        if (this == ANY) {
            return Optional.empty();
        }
        StoreSpec store = drill.store();
        if (drill.scope() == Scope.NODE) {
            return Optional.of(
                    "needs " + words + "; the sessions of " + drill.file() + " are in its nodes (scope: node)");
        }
        boolean met = store.kind().equals("redis") && (this == REDIS || store.embedded());
        return met
                ? Optional.empty()
                : Optional.of("needs " + words + "; " + drill.file() + " has store.kind: " + store.kind()
                        + ", store.address: " + (store.embedded() ? store.address() : "a store of its own"));
    }
}
