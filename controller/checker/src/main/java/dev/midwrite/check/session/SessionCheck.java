package dev.midwrite.check.session;

import dev.midwrite.check.Property;
import java.io.Serializable;

/**
 * Decides one property of one session. Pure: what it keeps between calls is memory to use again. Not thread-safe.
 */
public interface SessionCheck extends Serializable {

    Property property();

    /**
     * Looks at a sealed history.
     *
     * @throws RuntimeException if it cannot go on; the property is then unknown
     */
    void check(SessionHistory history, Findings findings);
}
