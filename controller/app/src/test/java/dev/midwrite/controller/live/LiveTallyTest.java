package dev.midwrite.controller.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTallyTest {
    private final List<String> lines = new ArrayList<>();
    private final LiveTally found = new LiveTally(LiveRunFiles.FACTS, new LiveTally.Teller() {
        @Override
        public void violation(Violation violation, String line) {
            lines.add(line);
        }

        @Override
        public void countedFromNowOn(String sentence) {
            lines.add(sentence);
        }
    });

    private void find(Anomaly anomaly, Severity severity, long session) {
        found.found(new Violation(
                anomaly,
                severity,
                session,
                1,
                List.of(LiveRunFiles.read(session, 5, 12_000)),
                "what",
                "why",
                12_300_000_000L,
                0,
                false));
    }

    @Test
    void saysWhatWhereAndWhen() {
        assertThat(found.words()).isEmpty();
        find(Anomaly.STALE_READ, Severity.HARD, 0xBEEFL);
        assertThat(lines).containsExactly("Stale read: session 000000000000beef, register a, on node-1 at 12.3 s");
        assertThat(found.words()).isEqualTo("1 violation in 1 session");
    }

    @Test
    void whatFollowsInTheSameSessionIsCountedAndNotTold() {
        find(Anomaly.STALE_READ, Severity.HARD, 1);
        find(Anomaly.READ_YOUR_WRITES, Severity.HARD, 1);
        find(Anomaly.TORN, Severity.SOFT, 1);
        assertThat(lines).hasSize(1);
        assertThat(found.words()).isEqualTo("2 violations in 1 session, 1 allowed");
        assertThat(found.sessions()).containsExactly(Map.entry(1L, "Stale read"));
    }

    @Test
    void aViolationIsToldAfterWhatTheProfileAllows() {
        find(Anomaly.TORN, Severity.SOFT, 1);
        find(Anomaly.STALE_READ, Severity.HARD, 1);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).endsWith("at 12.3 s, allowed by the profile");
        assertThat(lines.get(1)).endsWith("at 12.3 s");
    }

    @Test
    void aFloodIsCutAfterThreeOfAKind() {
        for (int session = 1; session <= 20_000; session++) {
            find(Anomaly.STALE_READ, Severity.HARD, session);
        }
        find(Anomaly.SESSION_LOST, Severity.HARD, 7);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(3))
                .isEqualTo("Stale read: further sessions are counted, and told by the report in the end.");
        assertThat(found.words()).startsWith("20001 violations in ");
        assertThat(found.sessions()).hasSize(10_000);
    }
}
