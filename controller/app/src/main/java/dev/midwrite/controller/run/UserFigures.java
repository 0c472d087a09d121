package dev.midwrite.controller.run;

import dev.midwrite.controller.plan.RolloutSpec.Figure;
import dev.midwrite.controller.plan.RolloutSpec.Reaction;
import dev.midwrite.controller.run.RequestTally.Share;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What users have met since some moment, as far as it is known while they go on.
 *
 * @param damaged how many findings of damaged or missing sessions there are so far
 * @param before what was counted up to that moment, and {@code damagedBefore} what was found
 */
record UserFigures(RequestTally requests, LongSupplier damaged, Map<Figure, Share> before, long damagedBefore) {
    /** A share of fewer says nothing. */
    static final int LEAST = 20;

    /** Since now: what was before is not the doing of what begins. */
    static UserFigures since(RequestTally requests, LongSupplier damaged) {
        return new UserFigures(
                requests,
                damaged,
                Arrays.stream(Figure.values())
                        .collect(Collectors.toMap(
                                figure -> figure, requests::of, (a, b) -> a, () -> new EnumMap<>(Figure.class))),
                damaged.getAsLong());
    }

    /** That sessions are damaged or missing, a sentence without its subject; empty if none are. */
    Optional<String> harm() {
        long since = damaged.getAsLong() - damagedBefore;
        return since == 0
                ? Optional.empty()
                : Optional.of(since + (since == 1 ? " finding" : " findings")
                        + " of damaged or missing sessions since the rollout began.");
    }

    /** The first bound that is exceeded, a sentence; empty if none is, or nobody can say yet. */
    Optional<String> missed(Reaction reaction) {
        return Arrays.stream(Figure.values())
                .filter(reaction.bounds()::containsKey)
                .filter(figure -> share(figure).all() >= LEAST
                        && share(figure).exceeds(reaction.bounds().get(figure)))
                .findFirst()
                .map(figure -> words(figure, reaction.bounds().get(figure)));
    }

    /** Bounds of which nobody could say whether they were kept, as a drill names them. */
    Optional<String> unjudged(Reaction reaction) {
        String words = Arrays.stream(Figure.values())
                .filter(reaction.bounds()::containsKey)
                .filter(figure -> share(figure).all() < LEAST)
                .map(Figure::word)
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private Share share(Figure figure) {
        return requests.of(figure).since(before.get(figure));
    }

    private String words(Figure figure, double bound) {
        Share share = share(figure);
        return String.format(
                Locale.ROOT,
                "%s: %d of %d %s since the rollout began, and at most %s %% are allowed.",
                figure.word(),
                share.bad(),
                share.all(),
                figure == Figure.FAILED_LOGINS ? "logins" : "attempts",
                figure(bound * 100));
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }
}
