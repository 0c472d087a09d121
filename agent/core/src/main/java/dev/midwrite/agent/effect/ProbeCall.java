package dev.midwrite.agent.effect;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;

/** A request that the agent answers itself. Belongs to one thread. */
final class ProbeCall extends Passage {
    final Object asked;
    final Object answer;

    ProbeCall(Point point, Object asked, Object answer) {
        super(point);
        this.asked = asked;
        this.answer = answer;
    }
}
