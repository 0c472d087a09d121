package dev.midwrite.check;

import java.util.Set;

/**
 * Something that the judgement of a run rests on and that does not hold. A run with one is no pass; a hard finding that
 * does not rest on it stands.
 *
 * @param sentence what does not hold
 * @param voids properties whose findings rest on it; empty if it takes nothing away from what was seen, such as a node
 *     that never came back
 */
public record BrokenAssumption(String sentence, Set<Property> voids) {

    public BrokenAssumption {
        voids = Set.copyOf(voids);
    }

    /** One that takes nothing away from what was seen. */
    public static BrokenAssumption of(String sentence) {
        return new BrokenAssumption(sentence, Set.of());
    }
}
