package dev.midwrite.controller.history;

import java.util.List;
import java.util.Map;

/**
 * What is known of a front beside the requests that came through it; {@code front.json} of a bundle. That it is there says
 * that the load was somebody else's.
 *
 * @param format version of this file, {@link #FORMAT}
 * @param address where clients found it
 * @param requests that came; further attempts of one are not counted
 * @param abandoned whose clients left before there was an answer, sooner than users would have waited
 * @param demands answers that demanded a login
 * @param replaced answers that gave a client another session cookie in the place of its own, {@code taken} that took it away
 * @param streams of events that began, {@code streamsCut} that the node's end broke
 * @param closes WebSockets by the code with which they were closed; 1006 if no close frame passed
 * @param command what drove the load; empty if it came from elsewhere
 */
public record FrontFacts(
        int format,
        String address,
        long requests,
        long abandoned,
        long demands,
        long replaced,
        long taken,
        long streams,
        long streamsCut,
        Map<Integer, Long> closes,
        List<String> command) {

    public static final int FORMAT = 1;
}
