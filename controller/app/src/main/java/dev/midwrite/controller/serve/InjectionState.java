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
 * @param lifted how it ended, if the agent said so
 */
public record InjectionState(
        long incarnation, Injection injection, Armed armed, Applied counts, Optional<Lifted> lifted) {

    InjectionState with(Applied newCounts) {
        return new InjectionState(incarnation, injection, armed, newCounts, lifted);
    }

    InjectionState with(Lifted end) {
        return new InjectionState(
                incarnation, injection, armed, end.hasCounts() ? end.getCounts() : counts, Optional.of(end));
    }

    /** For an injection whose end nobody will report: its process, or the connection to it, is gone. */
    Lifted gone() {
        return Lifted.newBuilder()
                .setInjection(injection.getId())
                .setCounts(counts)
                .build();
    }
}
