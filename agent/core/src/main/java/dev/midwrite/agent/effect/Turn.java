package dev.midwrite.agent.effect;

import dev.midwrite.agent.scope.Passage;
import dev.midwrite.agent.scope.Pause;
import dev.midwrite.agent.scope.ThreadScope;

/** What is done for one subscriber of a promise. Its signals come one after the other, on any thread. */
final class Turn {
    final Promise promise;
    /** In the place of a thread's. */
    final ThreadScope scope = new ThreadScope();
    /** Null: it is let through unseen, inside another operation or because recording has ended. */
    Passage passage;
    /** What the body has yielded; null before. */
    Object value;

    Turn(Promise promise) {
        this.promise = promise;
        scope.defers = true;
    }

    /** Nanoseconds until it must be asked again; 0 if nothing is to be waited for. */
    long pauseLeft() {
        Pause pause = passage == null ? null : passage.pause;
        long left = pause == null ? 0 : pause.left();
        if (left <= 0 && pause != null) {
            passage.pause = null;
        }
        return left;
    }
}
