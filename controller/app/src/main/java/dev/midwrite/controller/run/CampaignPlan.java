package dev.midwrite.controller.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.event.Mix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which trials a campaign consists of, written before the first begins; {@code campaign.json} of its directory. Each trial
 * has a bundle of its own below it.
 *
 * @param format version of this file, {@link #FORMAT}
 * @param command that repeats the campaign, as a person would type it
 * @param started wall clock, ISO-8601
 * @param seed of the first drill
 */
public record CampaignPlan(
        int format, String version, String command, String started, long seed, List<PlannedTrial> trials) {
    static final int FORMAT = 1;
    /** Leaves 44 bits: some hundred thousand trials until two are likely to share a seed. */
    private static final int SEED_SHIFT = 20;

    static final String FILE = "campaign.json";
    private static final String PREFIX = "trial-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9]{1,9}");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /**
     * One trial.
     *
     * @param name of its directory, such as {@code trial-3}
     * @param drill name, and {@code file} of the drill as the user gave it
     * @param kind of its faults
     */
    public record PlannedTrial(String name, String drill, String file, String kind, long seed) {}

    /** Every drill as often as asked for, in turn, so that what changes with time hits all of them alike. */
    static CampaignPlan of(List<Drill> drills, int times, String version, String command, String started) {
        List<PlannedTrial> trials = new ArrayList<>();
        for (int i = 1; i <= times; i++) {
            for (Drill drill : drills) {
                trials.add(new PlannedTrial(
                        PREFIX + (trials.size() + 1),
                        drill.name(),
                        drill.file().toString(),
                        kind(drill),
                        seed(drill.seed(), i)));
            }
        }
        return new CampaignPlan(FORMAT, version, command, started, drills.get(0).seed(), List.copyOf(trials));
    }

    /**
     * Of the drill's n-th trial, from 1: always the same for the same drill's seed, so that campaigns can be compared.
     * Positive and short enough to be typed.
     */
    static long seed(long drillSeed, int trial) {
        return Mix.mix(drillSeed, trial) >>> SEED_SHIFT;
    }

    /** What the drill breaks, such as {@code crash at session.save}. */
    static String kind(Drill drill) {
        String kinds = drill.timeline().stream()
                .flatMap(step -> kinds(step).stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "no fault" : kinds;
    }

    private static List<String> kinds(Step step) {
        if (step instanceof Step.Inject inject) {
            return List.of(inject.injection().fault().label() + " at "
                    + inject.injection().point());
        }
        if (step instanceof Step.Store store && store.action() != StoreAction.START) {
            return List.of(store.action().name().toLowerCase(Locale.ROOT) + " of the store");
        }
        if (step instanceof Step.Node node && node.action() != Step.Action.START) {
            return List.of(node.action().name().toLowerCase(Locale.ROOT));
        }
        return step instanceof Step.ClusterRollout ? List.of("rollout") : List.of();
    }

    /** Whether the directory is a campaign's. */
    public static boolean in(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    void write(Path directory) {
        try {
            JSON.writeValue(directory.resolve(FILE).toFile(), this);
        } catch (IOException e) {
            throw new Problem(directory.resolve(FILE) + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** @throws Problem if the file cannot be read, is damaged, or is of another version */
    static CampaignPlan read(Path directory) {
        Path file = directory.resolve(FILE);
        CampaignPlan plan;
        try {
            plan = JSON.readValue(file.toFile(), CampaignPlan.class);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new Problem(file + ":" + line + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Problem(file + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (plan.format() != FORMAT) {
            throw new Problem(file + " has format " + plan.format() + "; this Midwrite reads format " + FORMAT + ".");
        }
        for (PlannedTrial trial : plan.trials()) {
            // A bundle may be somebody else's, and reports are written there.
            if (trial.name() == null || !NAME.matcher(trial.name()).matches()) {
                throw new Problem(file + " names a trial '" + trial.name() + "'; they are called trial-1, trial-2, ….");
            }
        }
        return plan;
    }
}
