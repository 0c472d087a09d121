package dev.midwrite.controller.attach;

import dev.midwrite.controller.Problem;
import java.util.List;

/**
 * What an agent would meet in a JVM.
 *
 * @param isBlocking it cannot get in, or could not record; otherwise it is only good to know
 * @param what one sentence
 * @param remedy what to do about it, one sentence
 */
public record Obstacle(boolean isBlocking, String what, String remedy) {

    static Obstacle blocking(String what, String remedy) {
        return new Obstacle(true, what, remedy);
    }

    static Obstacle note(String what, String remedy) {
        return new Obstacle(false, what, remedy);
    }

    /** @throws Problem the first of these that is blocking */
    static void refuse(List<Obstacle> found) {
        found.stream().filter(Obstacle::isBlocking).findFirst().ifPresent(obstacle -> {
            throw new Problem(obstacle.sentences());
        });
    }

    /** Both sentences. */
    public String sentences() {
        return what + " " + remedy;
    }
}
