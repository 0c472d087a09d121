package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import net.bytebuddy.asm.Advice;

/** The end of a call whose result tells nothing: advice, inlined and never loaded. */
final class UsualExit {
    static final String NAME = "dev.midwrite.agent.library.UsualExit";

    private UsualExit() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(
            @Advice.Local("gate") Gate gate,
            @Advice.Local("token") Object token,
            @Advice.Thrown(readOnly = false) Throwable thrown) {
        if (token != null) {
            thrown = gate.exit(token, null, null, thrown);
        }
    }
}
