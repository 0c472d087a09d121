package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.OwnWorkload;
import dev.midwrite.event.UserOperation;
import java.util.Optional;

/** With which HTTP method users of ours send. */
public final class RequestMethod {
    private RequestMethod() {}

    /** Of an operation of this drill's users, such as {@code GET}. */
    public static String of(UserOperation operation, Drill drill) {
        FlowSpec flow = drill.users().flow();
        Call call = Call.of(operation.kind(), Attribute.SESSION);
        int own = operation.attribute() - Attribute.values().length;
        if (own >= flow.workloads().size()) {
            return flow.steps().get(own - flow.workloads().size()).method();
        }
        if (own >= 0) {
            OwnWorkload workload = flow.workloads().get(own);
            return (call.reads() ? workload.read() : workload.write()).method();
        }
        Optional<FlowStep> alive = drill.nodes().probe().none() ? flow.alive() : Optional.empty();
        return alive.map(FlowStep::method).orElseGet(() -> drill.nodes().probe().carried() ? "GET" : call.method());
    }
}
