package dev.midwrite.controller.front;

/** Hears of every attempt when it is over. Called by the front's one thread: who waits here holds up all requests. */
@FunctionalInterface
public interface RelayListener {

    void relayed(FrontAttempt attempt);
}
