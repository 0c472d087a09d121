package dev.midwrite.controller.report;

import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.campaign.TrialResult;
import dev.midwrite.controller.curve.RunCurves;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that the report over several trials is made of.
 *
 * @param evidence what the weakest trial rests on
 * @param drills names, and {@code files} as the user gave them
 * @param seed of the first drill; the trials' seeds come from their drills' seeds
 * @param command that repeats all, ready to be pasted
 * @param versions of everything that took part
 * @param planned how many trials there shall be; fewer are there if the run was interrupted, or goes on
 * @param trials in the order in which they ran
 */
public record CampaignInput(
        Judgement judgement,
        EvidenceLevel evidence,
        List<String> drills,
        List<String> files,
        long seed,
        String command,
        Map<String, String> versions,
        Instant startedAt,
        int planned,
        List<Trial> trials) {

    /**
     * One trial.
     *
     * @param place directory of its report, below that of the whole; empty if it has none
     * @param duration how long it took; zero if that is not known
     * @param curves what its users met
     */
    public record Trial(TrialResult result, String place, Duration duration, RunCurves curves) {}

    public String name() {
        return String.join("+", drills);
    }

    Duration duration() {
        return trials.stream().map(Trial::duration).reduce(Duration.ZERO, Duration::plus);
    }
}
