package dev.midwrite.check.judge;

import dev.midwrite.check.Property;
import dev.midwrite.check.property.ConvergenceCheck;
import dev.midwrite.check.property.DocumentCheck;
import dev.midwrite.check.property.DuplicatesCheck;
import dev.midwrite.check.property.GroupCheck;
import dev.midwrite.check.property.GuaranteesCheck;
import dev.midwrite.check.property.InPlaceCheck;
import dev.midwrite.check.property.LastWriteCheck;
import dev.midwrite.check.property.LifecycleCheck;
import dev.midwrite.check.property.ListCheck;
import dev.midwrite.check.property.RegisterCheck;
import dev.midwrite.check.property.SplitBrainCheck;
import dev.midwrite.check.session.SessionCheck;
import java.util.List;

/** All checks of user operations, and what each property needs in order to be observed. */
public final class Checks {
    private Checks() {}

    /** New instances, for one thread. */
    public static List<SessionCheck> ofSessions() {
        return List.of(
                new RegisterCheck(),
                new DocumentCheck(),
                new ListCheck(),
                new LastWriteCheck(),
                new GroupCheck(),
                new GuaranteesCheck(),
                new InPlaceCheck(),
                new LifecycleCheck(),
                new DuplicatesCheck(),
                new SplitBrainCheck(),
                new ConvergenceCheck());
    }

    /** Why there is nothing to judge. */
    static String missing(Property property) {
        return switch (property) {
            case REGISTER -> "No register was read.";
            case DOCUMENT -> "No document was updated.";
            case LIST -> "No list was read.";
            case LAST_WRITE -> "No register, document or group had a last write and final reads.";
            case GROUP -> "No group of attributes was read.";
            case GUARANTEES -> "No attribute was read.";
            case IN_PLACE -> "No value was changed in place.";
            case PRINCIPAL -> "No application listed the sessions of a user's name.";
            case LIFECYCLE -> "No session was created and then used.";
            case AVAILABILITY -> "No session was asked for in the end.";
            case LOGIN -> "No flow had steps after a login.";
            case LOGOUT -> "No flow had a logout after which the cookies of before were tried.";
            case COOKIE -> "No session was created.";
            case DUPLICATES -> "No list and no counter was read.";
            case SPLIT_BRAIN -> "No document and no list was served by two nodes, and no node journals ownership.";
            case CONVERGENCE -> "No attribute had final reads on two nodes.";
            case REPLICATION -> "No node journaled what it replicated.";
            case BACKPRESSURE -> "No node journaled what it replicated while a replica was out of reach.";
            case WEBSOCKET -> "No session held a socket that carried numbered messages.";
            case AUDIT_TRAIL -> "No audit trail was read.";
            case SAVED_BEFORE_ACK -> "No node journaled both when its answers began and when sessions were saved.";
            case NODES ->
                "The nodes' processes were started elsewhere, so nobody saw how they ended and what they printed.";
            case DRAIN -> "No rollout replaced a node.";
            case STORE_AUDIT -> "No session lay in a store that was audited.";
        };
    }
}
