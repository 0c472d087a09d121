package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.UserOperation;

/** Answers that show something stored that is no list, no count: damage, which must not pass for "nothing stored". */
final class Damage {
    private Damage() {}

    /** Reports the first of them at this attribute. */
    static void report(SessionHistory history, Findings findings, int attribute) {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (history.served(row) && history.is(row, UserOperation.GARBAGE)) {
                findings.add(
                        Anomaly.GARBAGE,
                        attribute,
                        0,
                        history.is(row, UserOperation.FINAL),
                        () -> Phrases.capital(Phrases.read(findings.terms(), history, row))
                                + " found something stored as "
                                + findings.terms().attribute(attribute) + " that nobody had written.",
                        () ->
                                "The application stores nothing of that form there, so the store or its serializer changed"
                                        + " it.",
                        row);
                return;
            }
        }
    }
}
