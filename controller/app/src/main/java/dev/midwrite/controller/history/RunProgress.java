package dev.midwrite.controller.history;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run is, for those who watch it from another process; {@code progress.json} of a bundle. No verdict rests on it.
 *
 * @param phase such as {@code timeline}
 * @param at when this was so, and {@code since} when the phase began; nanoseconds on the users' clock
 * @param lasts how long the phase was planned to last, in nanoseconds; 0 if nobody knows
 * @param faults that happened, by kind, as journals announce them
 */
public record RunProgress(String phase, long at, long since, long lasts, Map<String, Long> faults) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** Empty if the run has not come that far, is of an earlier version, or left something that is none. */
    public static Optional<RunProgress> read(Bundle bundle) {
        try {
            return Optional.of(JSON.readValue(bundle.progress().toFile(), RunProgress.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whoever reads sees this or what was there before, whole. */
    public void write(Bundle bundle) throws IOException {
        WholeFile.write(bundle.progress(), JSON.writeValueAsBytes(this));
    }

    /** Of the phase, in nanoseconds; 0 if it is overdue or nobody knows. */
    public long left(long now) {
        return Math.max(0, since + lasts - Math.max(at, now));
    }
}
