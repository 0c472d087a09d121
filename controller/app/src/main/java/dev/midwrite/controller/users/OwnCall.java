package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.OwnWorkload;
import dev.midwrite.event.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request of the application's own.
 *
 * @param number that operations carry as their attribute
 * @param shows where a read shows what was written; empty if it is no read of a value
 */
record OwnCall(int number, FlowStep step, Optional<Extraction> shows) {

    /** Both requests of a workload of the application's own. */
    record Turn(OwnWorkload.Kind kind, Call write, Call read) {}

    static List<Turn> turns(FlowSpec flow) {
        List<Turn> turns = new ArrayList<>();
        int number = Attribute.values().length;
        for (OwnWorkload workload : flow.workloads()) {
            OwnCall write = new OwnCall(number, workload.write(), Optional.empty());
            OwnCall read = new OwnCall(number, workload.read(), Optional.of(workload.shows()));
            turns.add(
                    switch (workload.kind()) {
                        case REGISTER ->
                            turn(workload, OperationKind.WRITE, OperationKind.READ, Attribute.REGISTER_A, write, read);
                        case LIST ->
                            turn(workload, OperationKind.APPEND, OperationKind.READ_LIST, Attribute.LIST, write, read);
                        case COUNTER ->
                            turn(
                                    workload,
                                    OperationKind.INCREMENT,
                                    OperationKind.READ_COUNTER,
                                    Attribute.COUNTER,
                                    write,
                                    read);
                    });
            number++;
        }
        return List.copyOf(turns);
    }

    private static Turn turn(
            OwnWorkload workload,
            OperationKind writing,
            OperationKind reading,
            Attribute like,
            OwnCall write,
            OwnCall read) {
        return new Turn(
                workload.kind(),
                new Call(writing, like, false, Optional.of(write)),
                new Call(reading, like, false, Optional.of(read)));
    }

    /** @param steps some of the flow's, the first of which is this place in {@link FlowSpec#steps} */
    static List<Call> steps(FlowSpec flow, List<FlowStep> steps, int first) {
        List<Call> calls = new ArrayList<>();
        int number = Attribute.values().length + flow.workloads().size() + first;
        for (FlowStep step : steps) {
            OwnCall own = new OwnCall(number++, step, Optional.empty());
            calls.add(new Call(OperationKind.STEP, Attribute.SESSION, false, Optional.of(own)));
        }
        return List.copyOf(calls);
    }
}
