package dev.midwrite.controller.sweep;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Severity;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a crash at one position did.
 *
 * @param reached the node died there; without that the row says nothing
 * @param survived of what was under way, a few words
 * @param cards about the session that was hit
 */
public record SweepRow(int number, Position position, boolean reached, String survived, List<AnomalyCard> cards) {
    public SweepRow {
        cards = List.copyOf(cards);
    }

    public boolean broke() {
        return cards.stream().anyMatch(card -> card.violation().severity() == Severity.HARD);
    }

    /** What broke, by the titles of anomalies; "nothing" if the session is as promised. */
    public String broken() {
        if (!reached) {
            return "";
        }
        return cards.isEmpty()
                ? "nothing"
                : cards.stream()
                        .map(card -> card.violation().anomaly().title()
                                + (card.violation().severity() == Severity.HARD
                                        ? ""
                                        : " ("
                                                + card.violation()
                                                        .severity()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT) + ")"))
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(", "));
    }
}
