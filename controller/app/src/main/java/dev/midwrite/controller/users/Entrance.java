package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Router.Target;
import java.net.URI;
import java.util.List;

/** A proxy of the run's own, which chooses the node of each request in the router's place. Thread-safe. */
public interface Entrance extends AutoCloseable {
    /** The header of an answer that names the node that the proxy had asked; absent if it asked none, or several. */
    String SERVED_BY = "X-Midwrite-Served-By";

    /** What it is called. */
    String name();

    /** Where users go, {@code http://host:port}. */
    URI address();

    /**
     * From now on these are asked, and no others: returns when that is so. Requests under way go on where they are. Nothing if
     * they are asked already, or it has ended.
     */
    void ask(List<Target> nodes);

    /** Why it cannot be relied on, each a sentence; empty if it can. */
    List<String> broken();

    /** Ends it. Idempotent. */
    @Override
    void close();
}
