package dev.midwrite.controller.history;

import dev.midwrite.check.GateResult;
import dev.midwrite.controller.load.RequestResult;
import dev.midwrite.controller.load.ServiceRecord;
import dev.midwrite.controller.load.ServiceRecord.Interruption;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the service served what came through a front. Pure. */
final class FrontFigures {
    private static final double NANOS_BY_MILLI = 1e6;

    private FrontFigures() {}

    /** Availability and the longest interruption, observed; empty if nothing came through. */
    static List<GateResult> of(List<UserOperation> operations) {
        Map<Long, List<UserOperation>> requests = new LinkedHashMap<>();
        operations.stream()
                .filter(operation -> operation.kind() == OperationKind.STEP)
                .forEach(step -> requests.computeIfAbsent(step.request(), id -> new ArrayList<>())
                        .add(step));
        if (requests.isEmpty()) {
            return List.of();
        }
        ServiceRecord service = ServiceRecord.of(results(requests.values()));
        double longest = service.interruptions().stream()
                .mapToDouble(Interruption::millis)
                .max()
                .orElse(0);
        return List.of(
                observed("availability", service.availability(), "", service.requests()),
                observed("interruption.max", longest, "ms", service.requests()));
    }

    /** One that a further attempt served was served, for its client, who waited longer. */
    private static List<RequestResult> results(Collection<List<UserOperation>> requests) {
        return requests.stream()
                .map(attempts -> {
                    attempts.sort(Comparator.comparingInt(UserOperation::attempt));
                    UserOperation last = attempts.get(attempts.size() - 1);
                    return new RequestResult(attempts.get(0).invoked() / NANOS_BY_MILLI, failure(last));
                })
                .toList();
    }

    private static String failure(UserOperation last) {
        if (last.outcome() == Outcome.OK) {
            return "";
        }
        if (last.outcome() == Outcome.FAIL) {
            return "not sent";
        }
        return last.status() == 0 ? "no answer" : "status " + last.status();
    }

    private static GateResult observed(String name, double value, String unit, long requests) {
        return new GateResult(
                name, value, Double.NaN, Double.NaN, 1, unit, "", requests, "requests", GateResult.State.OBSERVED);
    }
}
