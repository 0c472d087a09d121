package dev.midwrite.controller.serve;

import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;

/** Hears what happens to the fleet, on threads of the link; must return soon and not throw. */
public interface FleetListener {

    /** An agent has dialled in. */
    void joined(FleetNode node);

    /** Its connection has ended. */
    void left(FleetNode node);

    void recording(FleetNode node, boolean on);

    /** The node has answered: the injection is armed, or refused. */
    void armed(FleetNode node, Injection injection, Armed answer);

    void lifted(FleetNode node, Lifted lifted);
}
