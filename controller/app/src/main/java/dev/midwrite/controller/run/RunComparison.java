package dev.midwrite.controller.run;

import dev.midwrite.check.campaign.Comparison;
import dev.midwrite.check.campaign.Limits;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A candidate's run against that of its base.
 *
 * @param notes sentences that a reader of the comparison should know
 */
public record RunComparison(Comparison comparison, List<String> notes) {

    /** @throws Problem if one of them is no run, or they have no trial in common */
    public static RunComparison of(Path base, Path candidate, Limits limits) {
        CampaignJudge before = CampaignJudge.look(base);
        CampaignJudge after = CampaignJudge.look(candidate);
        Comparison comparison = Comparison.of(before.results(), after.results(), before.targets(), limits);
        if (comparison.pairs() == 0) {
            throw new Problem("No trial of " + base + " and " + candidate
                    + " has the same drill and seed; run both with the same seed to compare them.");
        }
        List<String> notes = new ArrayList<>();
        before.doubts().forEach(doubt -> notes.add(base + ": " + doubt));
        after.doubts().forEach(doubt -> notes.add(candidate + ": " + doubt));
        if (!sameDrill(before.firstBundle(), after.firstBundle())) {
            notes.add("The drills of the two runs are not the same; what differs may be the drill and not the build.");
        }
        return new RunComparison(comparison, List.copyOf(notes));
    }

    private static boolean sameDrill(Bundle base, Bundle candidate) {
        if (!Files.exists(base.drill()) || !Files.exists(candidate.drill())) {
            return true;
        }
        try {
            return Files.mismatch(base.drill(), candidate.drill()) < 0;
        } catch (IOException e) {
            throw new Problem("The drills of the two runs cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
