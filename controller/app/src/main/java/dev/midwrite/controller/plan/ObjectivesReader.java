package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads the blocks {@code objectives} and {@code checks}. */
final class ObjectivesReader {
    static final Set<String> KEYS =
            Set.of("score", "survival", "failover", "lag", "first-request", "success", "correlation", "trials");
    static final Set<String> CHECKS_KEYS = Set.of("idempotency-keys", "reaper-grace", "external-store");

    private ObjectivesReader() {}

    static Objectives read(Section section) {
        return new Objectives(
                provable(section, "score"),
                provable(section, "survival"),
                greatest(section, "failover"),
                greatest(section, "lag"),
                greatest(section, "first-request"),
                provable(section, "success"),
                section.share("correlation", 1),
                (int) section.whole("trials", 1, 1, Objectives.MOST_TRIALS));
    }

    static ChecksSpec checks(Section section) {
        return new ChecksSpec(
                section.flag("idempotency-keys"),
                section.duration("reaper-grace", Duration.ZERO),
                section.flag("external-store"));
    }

    private static Optional<Duration> greatest(Section section, String key) {
        return section.has(key) ? Optional.of(section.duration(key, Duration.ZERO)) : Optional.empty();
    }

    private static Optional<Double> provable(Section section, String key) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        double share = section.share(key, 0);
        if (share >= 1) {
            section.complain(key, "'" + key + "' must be below 100%: no number of trials proves a certainty");
        }
        return Optional.of(share);
    }
}
