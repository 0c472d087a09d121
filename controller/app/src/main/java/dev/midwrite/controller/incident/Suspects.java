package dev.midwrite.controller.incident;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The incidents that a finding, or a figure that misses its target, belongs to.
 *
 * @param proved the finding's cause is that of the one incident here; if not, each may be it, and so may something else
 */
public record Suspects(boolean proved, List<Incident> incidents) {

    public boolean none() {
        return incidents.isEmpty();
    }

    /** Such as {@code is split-brain} or {@code may be split-brain or slow-replication}. */
    public String words() {
        String last = incidents.get(incidents.size() - 1).name();
        return (proved ? "is " : "may be ")
                + (incidents.size() == 1
                        ? last
                        : incidents.subList(0, incidents.size() - 1).stream()
                                        .map(Incident::name)
                                        .collect(Collectors.joining(", "))
                                + " or " + last);
    }
}
