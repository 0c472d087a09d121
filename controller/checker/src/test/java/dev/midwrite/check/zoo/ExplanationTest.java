package dev.midwrite.check.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Trial;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong with a store, a stranger understands the card without a word of the checkers' own. */
class ExplanationTest {
    private static final Pattern JARGON = Pattern.compile(
            "(?i)\\b(?:zone|contained|cluster|eff|inv|ret|witness|backward|forward|watermark|frontier|mask)\\b|null|NaN"
                    + "|[A-Z]{3,}_[A-Z]+");
    private static final Trial TRIAL = Trial.of(Profile.STRONG)
            .nodes(List.of("unknown", "node-1", "node-2"))
            .attributes(List.of(
                    "session",
                    "register a",
                    "register b",
                    "list",
                    "counter",
                    "group",
                    "document",
                    "object",
                    "large group",
                    "dispatched register"))
            .idempotencyKeys(true)
            .ttlNanos(SimulatedSession.TTL)
            .reaperGraceNanos(SimulatedSession.GRACE)
            .faults(List.of(
                    new Trial.Fault(1, "drop", "session.save", "node-1", 1, SimulatedSession.SETTLED, 5, 5, List.of())))
            .healedAt(SimulatedSession.SETTLED)
            .settledAt(SimulatedSession.SETTLED)
            .build();
    private static final int SOUND = 40;

    @ParameterizedTest
    @EnumSource(Bug.class)
    void everyCardIsWhole(Bug bug) {
        List<List<UserOperation>> sound = new ArrayList<>();
        for (int seed = 1; seed <= SOUND; seed++) {
            sound.add(new SimulatedSession(seed, seed, null).run(60));
        }
        int cards = 0;
        for (int seed = 1; seed <= 20; seed++) {
            SimulatedSession session = new SimulatedSession(seed, 0x1000 + seed, bug);
            List<UserOperation> operations = session.run(60);
            if (session.struck()) {
                for (AnomalyCard card : judge(Stream.concat(Stream.of(operations), sound.stream()))
                        .cards()) {
                    check(card, sound);
                    cards++;
                }
            }
        }
        assertThat(cards).isPositive();
    }

    @Test
    void aLostSessionIsOneCard() {
        int lost = 0;
        for (int seed = 1; seed <= 20; seed++) {
            SimulatedSession session = new SimulatedSession(seed, 0x1000 + seed, Bug.SESSION_VANISHES);
            List<UserOperation> operations = session.run(60);
            if (session.struck()) {
                assertThat(judge(Stream.of(operations)).cards())
                        .as("seed %d", seed)
                        .hasSize(1);
                lost++;
            }
        }
        assertThat(lost).isPositive();
    }

    private static Judgement judge(Stream<List<UserOperation>> sessions) {
        return Judge.judge(TRIAL, sessions.flatMap(List::stream).toList(), List.of(), Journals.NONE);
    }

    private static void check(AnomalyCard card, List<List<UserOperation>> sound) {
        List<UserOperation> witness = card.violation().witness();
        assertThat(witness).as("%s", card).hasSizeBetween(1, 4);
        for (String text : List.of(
                card.violation().what(),
                card.violation().why(),
                card.when(),
                card.cause(),
                card.blast(),
                card.certainty())) {
            assertThat(text).as("%s", card).endsWith(".").doesNotContain("..").doesNotContain("  ");
            assertThat(text).as("begins a sentence").matches("(?s)(?:[^a-z]|node-).*");
            assertThat(JARGON.matcher(text).find()).as(text).isFalse();
        }
        boolean possible = sound.stream().anyMatch(session -> sameKinds(witness, session));
        assertThat(!card.sibling().isEmpty()).as("%s", card).isEqualTo(possible);
        assertThat(card.sibling().size()).isIn(0, witness.size());
    }

    private static boolean sameKinds(List<UserOperation> witness, List<UserOperation> session) {
        int next = 0;
        for (UserOperation operation : session) {
            if (next < witness.size()
                    && operation.kind() == witness.get(next).kind()
                    && operation.is(UserOperation.FINAL) == witness.get(next).is(UserOperation.FINAL)) {
                next++;
            }
        }
        return next == witness.size();
    }
}
