package dev.midwrite.check.judge;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.BrokenAssumption;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.session.Tally;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes back findings that rest on an assumption of the whole run that is broken; what does not rest on it stands. */
final class Grounds {
    private Grounds() {}

    static void withdraw(Trial trial, Tally tally) {
        for (BrokenAssumption broken : trial.assumptions()) {
            broken.voids().forEach(property -> tally.doubt(property, of(property), broken.sentence()));
        }
    }

    private static Set<Anomaly> of(Property property) {
        return Arrays.stream(Anomaly.values())
                .filter(anomaly -> anomaly.property() == property)
                .collect(Collectors.toUnmodifiableSet());
    }
}
