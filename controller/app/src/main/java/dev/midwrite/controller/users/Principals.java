package dev.midwrite.controller.users;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that a run's users log in by, each shared by few. Thread-safe. */
final class Principals {
    private static final int SHARING = 4;
    private static final int RUN_BITS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final boolean named;
    /** Tells this run's names from those that other runs have left in the same store; positive. */
    private final long run = (RANDOM.nextLong() >>> (RUN_BITS + 1)) << RUN_BITS;

    private final Map<Integer, Principal> current = new HashMap<>();
    private long last;

    Principals(List<Workload> workloads) {
        this.named = workloads.contains(Workload.PRINCIPAL);
    }

    /** By which a user logs in from now on; another one once nobody may end sessions of the old one any more. */
    synchronized Principal of(int user) {
        if (!named) {
            return Principal.NOBODY;
        }
        return current.compute(
                (user - 1) / SHARING,
                (slot, known) -> known == null || known.isUnclear() ? new Principal(run | ++last) : known);
    }
}
