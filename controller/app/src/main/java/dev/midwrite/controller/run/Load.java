package dev.midwrite.controller.run;

import dev.midwrite.controller.history.Bundle;
import java.time.Duration;
import java.util.List;

/** What uses the service while the timeline is walked. */
interface Load extends AutoCloseable {

    /** How far it is, in a few words. */
    String words();

    Answers answers();

    /** Nobody new comes from now on. */
    void stopNew();

    /**
     * Nothing is sent from now on.
     *
     * @throws dev.midwrite.controller.Problem if it could not go on before, or does not end in time
     */
    void quiesce(Duration patience) throws InterruptedException;

    /** Reads what must be there in the end, if it can, and tells how far that went. */
    void readAll(Progress progress) throws InterruptedException;

    /** Writes what is known of the load itself. */
    void describe(Bundle bundle) throws InterruptedException;

    /** Those who are here leave. */
    void leave(Duration patience) throws InterruptedException;

    /** Names of attributes by the numbers that its operations carry. */
    List<String> attributes();

    /** Labels of the sessions that only ask for failover time. */
    List<Long> probeSessions();

    /** Why it cannot be relied on, each a sentence. */
    List<String> broken();

    /** Stops at once whatever still runs. Idempotent. */
    @Override
    void close();
}
