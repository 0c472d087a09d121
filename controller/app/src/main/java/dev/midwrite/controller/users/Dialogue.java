package dev.midwrite.controller.users;

import org.apache.hc.core5.http.HttpResponse;

/** How a call becomes a request, and what came back an answer. Thread-safe. */
interface Dialogue {

    WireRequest ask(Attempt attempt);

    /** @param body whole; null if it was too long */
    Answer answer(Attempt attempt, HttpResponse response, byte[] body, long invoked, long returned);
}
