package dev.midwrite.controller.store;

import dev.midwrite.controller.plan.StoreAction;
import java.time.Duration;
import java.util.Optional;

/** What a timeline can do to a store. Thread-safe; calls block and exclude each other. */
public interface StoreControl {

    /**
     * Does it.
     *
     * @param lasting for {@link StoreAction#PAUSE}
     * @param share of what is stored, for {@link StoreAction#EVICT}, 0 to 1
     * @return what was done, to be put behind "the store", such as "failed over to a replica that was 12 bytes behind"
     * @throws dev.midwrite.controller.Problem if that cannot be done
     */
    String act(StoreAction action, Duration lasting, double share) throws InterruptedException;

    /**
     * Ends what {@linkplain StoreAction#lasts lasts}; nothing if it has ended.
     *
     * @return what it had led to, to be put behind "the store", such as "had a replica that was 12 bytes behind"; empty if there
     *     is nothing to say
     */
    String lift(StoreAction action) throws InterruptedException;

    /** Whether its server runs. */
    boolean up();

    /**
     * How its server ended if nothing here had asked it to, to be put behind "the store ended by itself", such as {@code with
     * exit code 1. Its log ends: …}; empty if it runs, or was asked. Waits for no other call.
     */
    Optional<String> endedByItself();
}
