package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Router.Target;
import java.net.URI;
import java.util.Optional;

/** A session, for whoever else uses it beside its user. Thread-safe. */
public interface SessionHandle {

    /** Unique in the run. */
    long label();

    /** A node has created it, and its user has not ended it. */
    boolean open();

    /** Its user, or another session of the same name, has ended it. */
    boolean ended();

    /** Where a connection of it is routed to now; empty if no node is in rotation. */
    Optional<Target> route();

    /** What goes with a request to this address as the header {@code Cookie}; empty if nothing does. */
    String cookies(URI to);
}
