package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.link.v1.Recording;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Has the agent of one node record, each of its starts anew, and follows what it answers. Not thread-safe. */
final class AgentRecording {
    private final String node;
    private final Fleet fleet;
    private CompletableFuture<Recording> answer;
    private long asked;
    private String problem = "";

    AgentRecording(String node, Fleet fleet) {
        this.node = node;
        this.fleet = fleet;
    }

    /**
     * Whether this start of the agent has acknowledged that it records; asks it if nobody has.
     *
     * @param incarnation that is connected; 0 if none is
     */
    boolean on(long incarnation) {
        problem = "";
        if (incarnation == 0) {
            answer = null;
            return false;
        }
        if (answer == null || asked != incarnation) {
            asked = incarnation;
            answer = fleet.record(node, true);
        }
        if (!answer.isDone()) {
            return false;
        }
        try {
            Recording recording = answer.join();
            if (recording.getOn()) {
                return true;
            }
            problem = recording.getProblem();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Problem)) {
                throw e;
            }
            // The connection ended; the agent dials again.
        }
        answer = null;
        return false;
    }

    /** Why it cannot record, as the agent said when it was last asked; empty if it did not say so. */
    String problem() {
        return problem;
    }
}
