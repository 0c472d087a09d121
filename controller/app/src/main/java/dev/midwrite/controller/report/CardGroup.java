package dev.midwrite.controller.report;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Severity;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cards that tell the same: one anomaly of one severity on the same nodes. The first, which is the most telling, stands for
 * all of them.
 *
 * @param cards at least one
 */
record CardGroup(List<AnomalyCard> cards) {

    private record Kind(Anomaly anomaly, Severity severity, Set<Integer> nodes) {

        static Kind of(AnomalyCard card) {
            return new Kind(
                    card.violation().anomaly(),
                    card.violation().severity(),
                    card.violation().witness().stream()
                            .map(UserOperation::node)
                            .filter(node -> node != 0)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** In the order of their first cards. */
    static List<CardGroup> of(List<AnomalyCard> cards) {
        Map<Kind, List<AnomalyCard>> kinds = new LinkedHashMap<>();
        cards.forEach(card ->
                kinds.computeIfAbsent(Kind.of(card), kind -> new ArrayList<>()).add(card));
        return kinds.values().stream().map(CardGroup::new).toList();
    }

    AnomalyCard exemplar() {
        return cards.get(0);
    }

    /** How often it was found. */
    long count() {
        return cards.stream().mapToLong(card -> 1L + card.similar()).sum();
    }

    /** Such as {@code  (and 3 similar: A-2 … A-4)}; empty if it was found once. */
    String similar() {
        return count() == 1 ? "" : " (and " + Wording.count(count() - 1) + " similar" + others() + ")";
    }

    /** Which other cards there are, such as {@code : A-2 … A-4}; empty if there is none. */
    String others() {
        if (cards.size() == 1) {
            return "";
        }
        String last = cards.get(cards.size() - 1).id();
        return ": " + (cards.size() == 2 ? last : cards.get(1).id() + " … " + last);
    }
}
