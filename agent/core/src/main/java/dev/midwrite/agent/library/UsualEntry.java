package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Point;
import net.bytebuddy.asm.Advice;

/** The beginning of a call of which nothing is told but whose it is: advice, inlined and never loaded. */
final class UsualEntry {
    static final String NAME = "dev.midwrite.agent.library.UsualEntry";

    private UsualEntry() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(
            @Point.Here int point,
            @Advice.This Object self,
            @Advice.Local("gate") Gate gate,
            @Advice.Local("token") Object token) {
        gate = Gate.open;
        if (gate == null) {
            return false;
        }
        token = gate.enter(point, self, null, null, null);
        return token != null && gate.skips(token);
    }
}
