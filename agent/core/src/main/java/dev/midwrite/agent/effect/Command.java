package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Step;

/** A step, and what has been decided about its bytes: by its caller's thread, for whichever thread sends them. */
final class Command extends Step {
    /** How to tear or corrupt it; null to leave it as it is. */
    Decision inside;
    /** Where that was selected: the operation's point or one of the command's own. */
    Point insidePoint;

    Command(Point point, Operation operation, int step, String name) {
        super(point, operation, step, name);
    }
}
