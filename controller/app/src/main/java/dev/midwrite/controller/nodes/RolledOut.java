package dev.midwrite.controller.nodes;

import java.util.List;
import java.util.Optional;

/**
 * What came of having a cluster replace nodes.
 *
 * @param takenBack why it was taken back, a sentence; empty if it went through
 * @param ends nodes whose end was asked for meanwhile
 */
public record RolledOut(Optional<String> takenBack, List<End> ends) {

    /** One of them; both moments, when they were seen, are of {@link System#nanoTime()}. */
    public record End(String node, long asked, long ended) {}
}
