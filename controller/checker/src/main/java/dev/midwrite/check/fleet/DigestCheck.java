package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.property.Drift;
import dev.midwrite.check.property.ReplicaDigest;
import dev.midwrite.check.session.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Do replicas hold the same after quiescence, by the digests that they journaled themselves? */
public final class DigestCheck {
    private static final Property PROPERTY = Property.CONVERGENCE;

    private DigestCheck() {}

    /**
     * Looks at one session.
     *
     * @param live its user has not logged out and its time was not up
     * @param required names of the nodes that should hold it, or should not if it has ended
     * @param replicas what they hold at {@code at}; a required one without a digest leaves the session undecided
     * @param at nanoseconds on the users' clock, after quiescence and the settle time
     * @return all differences, most telling first
     */
    public static List<Drift> check(
            long session,
            boolean live,
            Set<String> required,
            List<ReplicaDigest> replicas,
            long at,
            Profile profile,
            Tally tally) {
        Set<String> silent = new HashSet<>(required);
        replicas.forEach(replica -> silent.remove(replica.replica()));
        if (!silent.isEmpty()) {
            tally.inconclusive(PROPERTY, 1, "Not every replica journaled its digest after the run had settled.");
            return List.of();
        }
        tally.checked(PROPERTY, 1);
        List<Drift> drifts = Drift.among(replicas, live);
        tally.compared(!drifts.isEmpty());
        if (!drifts.isEmpty()) {
            new Report(profile, tally)
                    .violated(
                            Anomaly.NON_CONVERGENT,
                            session,
                            at,
                            0,
                            sentences(drifts),
                            "Because nobody has written since the run settled, all replicas must hold the same.");
        }
        return drifts;
    }

    private static String sentences(List<Drift> drifts) {
        String first = drifts.stream()
                .limit(2)
                .map(drift -> drift.sentence(drift.attribute() < 0 ? "the session" : "attribute " + drift.attribute()))
                .collect(Collectors.joining("; "));
        return drifts.size() > 2 ? first + "; " + (drifts.size() - 2) + " more differ." : first + ".";
    }
}
