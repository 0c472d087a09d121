package dev.midwrite.controller.serve;

import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import java.util.Optional;

/**
 * One injection on one incarnation of a node.
 *
 * @param counts the newest the agent reported; what a crash did is not in them but in the journal
 * @param lifted empty while it may still fire
 */
public record InjectionState(
        long incarnation, Injection injection, Armed armed, Applied counts, Optional<Lifted> lifted) {}
