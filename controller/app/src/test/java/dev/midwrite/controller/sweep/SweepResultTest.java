package dev.midwrite.controller.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.event.Edge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepResultTest {
    private static final Position BEFORE = new Position(SessionOperation.CREATE, Edge.BEFORE, 0, "");
    private static final Position STEP = new Position(SessionOperation.CREATE, Edge.STEP, 1, "HMSET");
    private static final Violation IMMORTAL = violation(Anomaly.IMMORTAL_SESSION, Severity.HARD);
    private static final Violation LOST = violation(Anomaly.SESSION_LOST, Severity.HARD);
    private static final Violation STALE = violation(Anomaly.STALE_READ, Severity.SOFT);

    private static final SweepRow FINE = new SweepRow(1, BEFORE, true, "no user has it", List.of());
    private static final SweepRow BROKEN = new SweepRow(2, STEP, true, "no user has it", List.of(IMMORTAL));
    private static final SweepRow MISSED = new SweepRow(2, STEP, false, "", List.of());

    @Test
    void aHardFindingIsAFailWhereverItIs() {
        assertThat(result(List.of(FINE, BROKEN), List.of(), Verdict.FAIL).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(result(List.of(FINE), List.of(LOST), Verdict.FAIL).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result(List.of(BROKEN, MISSED), List.of(), Verdict.FAIL).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aRowThatWasNotReachedIsNoPass() {
        assertThat(result(List.of(FINE, MISSED), List.of(), Verdict.PASS).verdict())
                .isEqualTo(Verdict.VACUOUS);
    }

    @Test
    void withoutFindingsItIsTheRunsVerdict() {
        assertThat(result(List.of(FINE), List.of(), Verdict.PASS).verdict()).isEqualTo(Verdict.PASS);
        assertThat(result(List.of(FINE), List.of(), Verdict.INCONCLUSIVE).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void severalRunsAreOneSweepWhoseWorstDecides() {
        SweepResult thin = result(List.of(FINE), List.of(), Verdict.INCONCLUSIVE);
        SweepResult broken = result(List.of(BROKEN), List.of(LOST), Verdict.FAIL);

        SweepResult both = SweepResult.of(List.of(thin, broken));

        assertThat(both.rows()).containsExactly(FINE, BROKEN);
        assertThat(both.elsewhere()).containsExactly(LOST);
        assertThat(both.reports()).hasSize(2);
        assertThat(both.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(SweepResult.of(List.of(thin, result(List.of(FINE), List.of(), Verdict.PASS)))
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void theTableSaysWhatWasNotReachedAndWhatIsNotHard() {
        SweepRow soft = new SweepRow(3, BEFORE, true, "the session", List.of(STALE, IMMORTAL, IMMORTAL));

        assertThat(SweepTable.of(result(List.of(FINE, MISSED, soft), List.of(), Verdict.FAIL))
                        .cells())
                .containsExactly(
                        List.of("", "operation", "the node died", "what survived", "what broke"),
                        List.of("1", "create", "before", "no user has it", "nothing"),
                        List.of("2", "create", "after step 1, HMSET", "not reached", ""),
                        List.of(
                                "3",
                                "create",
                                "before",
                                "the session",
                                "Stale read (soft), Stored session that never expires"));
    }

    @Test
    void thePageHasTheTableWhatElseBrokeAndTheCommand() {
        assertThat(SweepTable.of(result(List.of(BROKEN), List.of(LOST, LOST), Verdict.FAIL))
                        .page("Sweep of a", "./midwrite sweep a.yaml"))
                .isEqualTo("""
                        # Sweep of a

                        |  | operation | the node died | what survived | what broke |
                        |---|---|---|---|---|
                        | 2 | create | after step 1, HMSET | no user has it | Stored session that never expires |

                        Besides: Live session lost, 2 times in sessions that no row is about: of requests that were under way on a\
                         node when it died, or of all that it held.

                            ./midwrite sweep a.yaml
                        """);
    }

    private static SweepResult result(List<SweepRow> rows, List<Violation> elsewhere, Verdict verdict) {
        return new SweepResult(SweptFault.CRASH, rows, elsewhere, verdict, List.of(Path.of("rows-1-3", "report.html")));
    }

    private static Violation violation(Anomaly anomaly, Severity severity) {
        return new Violation(anomaly, severity, 1, -1, List.of(), "", "", 0, 0, false);
    }
}
