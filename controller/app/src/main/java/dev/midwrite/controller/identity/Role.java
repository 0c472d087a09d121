package dev.midwrite.controller.identity;

import dev.midwrite.event.FaultKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an operator may ask; each may what those before it may. */
public enum Role {
    /** Looks: nodes, events. */
    WATCH,
    /** Injects faults of which whoever is hit waits for a while or is told, counts what would be hit, and lifts. */
    INJECT,
    /** Injects all faults: those, too, that end or fill a process, hold calls for good, or change what is stored or read. */
    CRASH;

    /**
     * Which role a fault takes; one that is not known here takes the highest. A hang passes, too, but until then it holds
     * whoever is hit for as long as its injection lasts.
     */
    static Role toInject(String fault) {
        return Arrays.stream(FaultKind.values())
                        .filter(kind -> kind.passes() && kind != FaultKind.HANG)
                        .anyMatch(kind -> kind.label().equals(fault))
                ? INJECT
                : CRASH;
    }

    public static Optional<Role> of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }

    /** As users write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
