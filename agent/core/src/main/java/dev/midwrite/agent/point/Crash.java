package dev.midwrite.agent.point;

import dev.midwrite.event.FaultKind;

/** The only place where the agent ends a process. */
final class Crash {
    private Crash() {}

    static void now() {
        Runtime.getRuntime().halt(FaultKind.HALT_STATUS);
    }
}
