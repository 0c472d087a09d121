package dev.midwrite.controller.sockets;

import dev.midwrite.controller.history.SocketFacts;

/** One connection, whatever its protocol. Its listener may be called on any thread, one call at a time. */
interface Wire {
    /** What the client reports of a connection that broke without a close frame (RFC 6455, section 7.1.5). */
    int BROKEN = SocketFacts.BROKEN;

    /** Nothing is awaited; what cannot be sent any more ends with {@link Listener#closed}. */
    void send(String text);

    /** Closes in order; the listener may still hear of messages that were under way. */
    void close();

    /** Ends at once. */
    void abort();

    /** Hears of everything that comes. */
    interface Listener {

        /** Messages may be sent from now on. */
        void opened();

        /** @param id of an event; empty if it has none */
        void message(String text, String id);

        /**
         * Nothing comes any more. Called once, after {@link #opened}.
         *
         * @param code {@link #BROKEN} if there was none
         */
        void closed(int code);

        /**
         * It was never open. Called once.
         *
         * @param status 0 if there was no answer
         * @param refused nobody listened there
         */
        void rejected(int status, boolean refused);
    }
}
