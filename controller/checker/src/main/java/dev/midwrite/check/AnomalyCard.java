package dev.midwrite.check;

import dev.midwrite.event.UserOperation;
import java.util.List;

/**
 * A violation explained for a person who has half a minute.
 *
 * @param id short and stable within one bundle, such as {@code A-17}
 * @param when relative to the fault, such as "1.1 s after crash of node-2"
 * @param cause what the nodes' journals say, or that they say nothing
 * @param blast how many of how many sessions are hit the same way
 * @param certainty witness gap against clock error
 * @param similar how many further violations this card stands for
 * @param sibling operations of a session that did the same and was fine; empty if there is none
 */
public record AnomalyCard(
        String id,
        Violation violation,
        String when,
        String cause,
        String blast,
        String certainty,
        int similar,
        List<UserOperation> sibling) {}
