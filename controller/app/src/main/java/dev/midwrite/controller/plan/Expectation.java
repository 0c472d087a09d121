package dev.midwrite.controller.plan;

import dev.midwrite.check.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What the drill's author expects it to say; a test of every shipped drill compares.
 *
 * @param findings names of anomalies that must be reported; no other hard one may be, but those of {@code also}
 * @param also names of anomalies that may be reported: what is true of a run, and depends on a moment that no drill can fix
 */
public record Expectation(Optional<Verdict> verdict, List<String> findings, List<String> also) {
    public static final Expectation NONE = new Expectation(Optional.empty(), List.of(), List.of());
}
