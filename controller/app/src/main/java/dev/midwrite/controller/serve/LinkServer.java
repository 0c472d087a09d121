package dev.midwrite.controller.serve;

/** Listens for agents and for operators. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class LinkServer implements AutoCloseable {

    private LinkServer() {}

    /**
     * Listens on loopback.
     *
     * @param port 0 for any free one
     * @throws dev.midwrite.controller.Problem if the port is in use
     */
    public static LinkServer start(Fleet fleet, int port) {
        throw new UnsupportedOperationException();
    }

    public int port() {
        throw new UnsupportedOperationException();
    }

    /** Closes the streams of all agents, whose leases then end; does not close the fleet. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
