package dev.midwrite.agent.effect;

import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.library.MemoryJournal;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.event.EventType;
import java.util.concurrent.CompletableFuture;

/** A thread of the host's that saves a session, and that a fault holds up there. */
public final class HeldThread {
    private final CompletableFuture<Long> gone = new CompletableFuture<>();

    /** Waits until the fault has been announced. */
    public HeldThread(Catalogue points, Point save, Injections injections) {
        MemoryJournal journal = new MemoryJournal();
        OpenGate gate = new OpenGate(points, journal, injections, null, new byte[] {1}, false, () -> {}, () -> {});
        Thread waiting = new Thread(() -> {
            Object token = gate.enter(save.number(), this, "an id", null, "an id");
            gone.complete(System.nanoTime());
            Throwable unused = gate.exit(token, null, null, null);
        });
        waiting.setDaemon(true);
        waiting.start();
        await().until(() -> journal.records.stream().anyMatch(record -> record.type() == EventType.FAULT));
    }

    /** When it went on, on {@link System#nanoTime()}. */
    public CompletableFuture<Long> gone() {
        return gone;
    }
}
