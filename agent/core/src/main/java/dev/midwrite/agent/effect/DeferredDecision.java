package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.point.Point;
import java.lang.invoke.MethodHandle;

/** What has been decided about a call, to be announced when the call itself has been handed over; its caller's thread's. */
final class DeferredDecision {
    final Decision decision;
    /** Where it was selected. */
    final Point at;
    /** To be made once more at its end; null if it has not been handed over. */
    MethodHandle call;

    DeferredDecision(Decision decision, Point at) {
        this.decision = decision;
        this.at = at;
    }
}
