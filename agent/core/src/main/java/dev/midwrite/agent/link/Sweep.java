package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.log.AgentLog;
import java.io.File;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends what is over, several times a second, whether there is a stream or not.
 *
 * <p>A thread of its own, because nothing may delay a disarm; and no executor, which needs memory to wait: this one goes on
 * in a heap that is full.
 */
final class Sweep implements Runnable {
    private static final long PAUSE_NANOS = 50_000_000;

    private final File killSwitch;
    private final Injections injections;
    private volatile boolean closed;

    Sweep(File killSwitch, Injections injections) {
        this.killSwitch = killSwitch;
        this.injections = injections;
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                sweep();
            } catch (Throwable e) { // What a full heap left undone is done at the next turn.
                tell(e);
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    /** In a heap that is full there may be no room for a line in the log either. */
    private static void tell(Throwable e) {
        try {
            AgentLog.warn("the sweep failed and goes on", e);
        } catch (Throwable again) {
            // It is told at another turn, if ever; faults have to end.
        }
    }

    private void sweep() {
        boolean killed = killSwitch.exists();
        injections.forbid(killed); // First, because it needs no memory.
        if (killed) {
            injections.lift(0, Ending.KILL_SWITCH);
        }
        injections.sweep();
    }

    /** The thread ends with its next turn. */
    void close() {
        closed = true;
    }
}
