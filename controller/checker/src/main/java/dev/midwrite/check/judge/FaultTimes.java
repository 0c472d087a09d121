package dev.midwrite.check.judge;

import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.event.UserOperation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When a violation was, relative to what was injected. */
final class FaultTimes {
    private final List<Trial.Fault> faults;

    FaultTimes(Trial trial) {
        faults = trial.faults();
    }

    private record Hit(Trial.Fault fault, Trial.Happening happening) {}

    /** Which fault is nearest; empty if none. */
    String name(Violation violation) {
        return hit(violation)
                .map(hit -> hit.fault())
                .or(() -> before(violation))
                .map(fault -> label(fault))
                .orElse("");
    }

    /** Such as "1.10 s after crash of node-2". */
    String when(Violation violation) {
        Optional<Hit> hit = hit(violation);
        if (hit.isPresent()) {
            return "In a request hit by " + label(hit.get().fault()) + ".";
        }
        if (violation.anomaly().property() == Property.STORE_AUDIT) {
            return "After quiescence.";
        }
        if (violation.witness().isEmpty() && violation.at() == 0) {
            return "At no one moment: it shows when the nodes' records are compared.";
        }
        return before(violation)
                .map(fault -> {
                    long at = start(fault, violation.at());
                    return violation.at() <= fault.to()
                            ? time(violation.at() - at) + " into " + label(fault) + "."
                            : time(violation.at() - at) + " after " + label(fault) + ".";
                })
                .orElse(faults.isEmpty() ? "No fault was injected." : "Before any fault had an effect.");
    }

    /** What was done to a request of the witness; empty if none was hit. */
    Optional<String> during(Violation violation) {
        return hit(violation)
                .map(hit -> hit.happening().node() + " applied " + hit.fault().name()
                        + (hit.fault().point().isEmpty()
                                ? ""
                                : " at " + hit.fault().point())
                        + (hit.happening().step() > 0
                                ? ", step " + hit.happening().step()
                                : "")
                        + (hit.happening().command().isEmpty()
                                ? ""
                                : " (" + hit.happening().command() + ")")
                        + " to this request: journal record " + hit.happening().seq() + ".");
    }

    private Optional<Hit> hit(Violation violation) {
        for (UserOperation operation : violation.witness()) {
            for (Trial.Fault fault : faults) {
                for (Trial.Happening happening : fault.happened()) {
                    if (happening.request() != 0 && happening.request() == operation.request()) {
                        return Optional.of(new Hit(fault, happening));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The fault that began to act last before the violation was visible. */
    private Optional<Trial.Fault> before(Violation violation) {
        return faults.stream()
                .filter(fault -> fault.injection() == 0
                        || fault.applied() > 0
                        || !fault.happened().isEmpty())
                .filter(fault -> start(fault, violation.at()) <= violation.at())
                .max(Comparator.comparingLong(fault -> start(fault, violation.at())));
    }

    /** The last moment before this one at which the fault struck, or else at which it was armed. */
    private static long start(Trial.Fault fault, long before) {
        return fault.happened().stream()
                .mapToLong(Trial.Happening::at)
                .filter(at -> at <= before)
                .max()
                .orElse(fault.from());
    }

    private static String label(Trial.Fault fault) {
        return fault.name() + (fault.point().isEmpty() ? "" : " at " + fault.point()) + " on " + fault.node();
    }

    static String time(long nanos) {
        double abs = Math.abs((double) nanos);
        if (abs < 1e6) {
            return String.format(Locale.ROOT, "%.0f µs", nanos / 1e3);
        }
        return abs < 1e9
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
