package dev.midwrite.controller.users;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose operations are one sequence: a process in Jepsen's sense. One that saw an indeterminate answer never invokes
 * again; its user goes on as the next. Used by one thread at a time.
 */
final class UserIdentity {
    /** Bits of the process number in an id; the other 44 count. */
    private static final int PROCESS_BITS = 20;

    private static final int SEQUENCE_BITS = Long.SIZE - PROCESS_BITS;

    private final AtomicInteger processes;
    private int process;
    private long sequence;

    /** @param processes the last number given, shared by all users */
    UserIdentity(AtomicInteger processes) {
        this.processes = processes;
        renew();
    }

    int process() {
        return process;
    }

    /** An id that nobody else gets in this run; never 0. */
    long next() {
        return (long) process << SEQUENCE_BITS | ++sequence;
    }

    /** @throws IllegalStateException after a million processes */
    void renew() {
        process = processes.incrementAndGet();
        if (process >= 1 << PROCESS_BITS) {
            throw new IllegalStateException("more than a million user processes in one run");
        }
        sequence = 0;
    }
}
