package dev.midwrite.controller.sweep;

import dev.midwrite.event.Edge;
import java.util.List;

/**
 * Two operations of one session at the same time. The first is held up at its position; meanwhile the second begins and is held
 * up at its own, for longer: the first ends, and then the second.
 *
 * @param first anywhere
 * @param second after a step of its own, or at its end; if it had not begun, nothing would be concurrent
 */
public record Pair(Position first, Position second) {

    /** Each position of one with each of the other, in their orders. */
    static List<Pair> of(List<Position> first, List<Position> second) {
        return first.stream()
                .flatMap(one -> second.stream()
                        .filter(other -> other.edge() != Edge.BEFORE)
                        .map(other -> new Pair(one, other)))
                .toList();
    }
}
