package dev.midwrite.controller.run;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.TraceIds;
import dev.midwrite.controller.users.Entrance;
import dev.midwrite.controller.users.RequestListener;
import dev.midwrite.controller.users.Router;
import java.util.List;
import java.util.Optional;

/** What a run starts, one after the other. Who asks for something closes it; methods throw a {@code Problem}. */
interface Environment extends AutoCloseable {

    /** Nothing has been started, and nothing is if this fails. */
    void require();

    RunStore store();

    RunFleet fleet(Bundle bundle);

    /**
     * Tries on each node that is up what users will do there.
     *
     * @param key under which sessions are hashed in this run
     * @return sentences that a reader should know
     */
    List<String> firstContact(Router router, byte[] key) throws InterruptedException;

    /**
     * Users start now.
     *
     * @param key under which sessions are hashed in this run
     * @param requests hears of all that they try
     */
    Load load(Router router, HistoryWriter history, byte[] key, Progress progress, RequestListener requests);

    /** What users go through, which no node is behind yet; empty if they ask nodes themselves. It ends with the environment. */
    default Optional<Entrance> entrance() throws InterruptedException {
        return Optional.empty();
    }

    /** Which traces users' requests name; empty if they name none. */
    default Optional<TraceIds> traces() {
        return Optional.empty();
    }

    /** The verdict is in the meters: whoever scraped them while the run went on gets the time to do so once more. */
    void lastScrape() throws InterruptedException;

    /** Ends what outlives the fleet. Idempotent. */
    @Override
    void close();
}
