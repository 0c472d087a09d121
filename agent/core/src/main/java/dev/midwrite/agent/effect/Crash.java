package dev.midwrite.agent.effect;

import dev.midwrite.event.FaultKind;

/** The only place where the agent ends a process. */
public final class Crash {
    private Crash() {}

    /** No hook runs and nothing is flushed; does not return. */
    public static void now() {
        Runtime.getRuntime().halt(FaultKind.HALT_STATUS);
    }
}
