package dev.midwrite.controller.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.controller.plan.Objectives;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerMetersTest {
    @TempDir
    Path directory;

    @Test
    void countsRequestsByKindAndOutcomeWithTheirLatency() {
        try (BusyController controller = new BusyController(directory)) {
            assertThat(controller.scrape())
                    .contains(
                            "midwrite_history_request_seconds_count{kind=\"read\",outcome=\"ok\"} 1",
                            "midwrite_history_request_seconds_bucket{kind=\"read\",outcome=\"ok\",le=\"0.002\"} 0",
                            "midwrite_history_request_seconds_bucket{kind=\"read\",outcome=\"ok\",le=\"0.005\"} 1",
                            "midwrite_history_attempts_total{node=\"node-1\",outcome=\"ok\",status=\"application\"} 1.0",
                            "midwrite_history_attempts_total{node=\"node-1\",outcome=\"info\",status=\"503\"} 1.0",
                            "midwrite_history_request_seconds_sum{kind=\"append\",outcome=\"info\"} 2.0");
        }
    }

    @Test
    void saysWhatTheDrillProved() {
        try (BusyController controller = new BusyController(directory)) {
            assertThat(controller.scrape())
                    .contains(
                            "midwrite_drill_info{drill=\"crash-mid-save\",profile=\"session\",seed=\"42\"} 1\n",
                            "midwrite_drill_phase{phase=\"timeline\"} 1.0",
                            "midwrite_drill_phase{phase=\"idle\"} 0.0",
                            "midwrite_check_violations_total{property=\"list\",severity=\"hard\"} 3.0",
                            "midwrite_check_items_total{property=\"list\"} 100.0",
                            "midwrite_check_score 0.97",
                            "midwrite_check_verdict{verdict=\"fail\"} 1.0",
                            "midwrite_check_verdict{verdict=\"pass\"} 0.0",
                            "midwrite_drill_score_objective 0.9\n",
                            "midwrite_drill_survival_objective NaN",
                            "midwrite_drill_failover_objective_seconds 5.0",
                            "midwrite_check_failover_seconds{statistic=\"p95\"} 1.5",
                            "midwrite_check_sessions{state=\"fresh\"} 97.0",
                            "midwrite_check_replication_lag_seconds{bound=\"least\",phase=\"fault\",replica=\"node-2\","
                                    + "statistic=\"p99\"} 0.002\n",
                            "midwrite_check_replication_lag_seconds{bound=\"most\",phase=\"fault\",replica=\"node-2\","
                                    + "statistic=\"max\"} +Inf\n",
                            "midwrite_check_exposed_writes{bound=\"most\"} 4.0");
        }
    }

    @Test
    void journalsSayWhatCrashedAndHowLongAShutdownTook() {
        try (BusyController controller = new BusyController(directory)) {
            assertThat(controller.scrape())
                    .contains(
                            "midwrite_history_faults_total{fault=\"crash\",node=\"node-1\"} 1.0",
                            "midwrite_history_shutdown_seconds{node=\"node-1\",phase=\"jvm.Shutdown\"} 2.5");
        }
    }

    @Test
    void nextDrillStartsWithoutVerdictAndScore() {
        try (BusyController controller = new BusyController(directory)) {
            controller.meters.drill("steady", 43, "strong", Objectives.NONE, List.of());
            assertThat(controller.scrape())
                    .contains("midwrite_check_score NaN", "midwrite_check_verdict{verdict=\"fail\"} 0.0")
                    .contains("midwrite_drill_info{drill=\"steady\",profile=\"strong\",seed=\"43\"} 1\n")
                    .doesNotContain("drill=\"crash-mid-save\"");
        }
    }

    @Test
    void violationsFoundWhileTheDrillRunsAreCountedApart() {
        try (ControllerMeters meters = new ControllerMeters()) {
            assertThat(meters.scrape())
                    .contains("midwrite_check_live_violations_total{property=\"list\",severity=\"hard\"} 0.0");
            meters.foundLive(
                    new Violation(Anomaly.LOST_ACKED_WRITE, Severity.HARD, 1, 0, List.of(), "", "", 0, 0, true), true);
            meters.judged(BusyController.judgement(), Figures.NONE, ReplicationFigures.NONE);
            assertThat(meters.scrape())
                    .contains(
                            "midwrite_check_violations_total{property=\"list\",severity=\"hard\"} 3.0",
                            "midwrite_check_live_violations_total{property=\"list\",severity=\"hard\"} 1.0",
                            "midwrite_check_live_sessions{state=\"gone\"} 1.0",
                            "midwrite_check_live_sessions{state=\"damaged\"} 0.0");
        }
    }

    @Test
    void violationsOfASecondDrillAreAddedToThoseOfTheFirst() {
        try (ControllerMeters meters = new ControllerMeters()) {
            meters.drill("one", 1, "session", Objectives.NONE, List.of());
            meters.judged(BusyController.judgement(), Figures.NONE, ReplicationFigures.NONE);
            meters.drill("two", 2, "session", Objectives.NONE, List.of());
            meters.judged(BusyController.judgement(), Figures.NONE, ReplicationFigures.NONE);
            assertThat(meters.scrape())
                    .contains(
                            "midwrite_check_violations_total{property=\"list\",severity=\"hard\"} 6.0",
                            "midwrite_check_items_total{property=\"list\"} 200.0");
        }
    }

    @Test
    void everyPropertyIsThereBeforeTheFirstDrill() {
        try (ControllerMeters meters = new ControllerMeters()) {
            for (Property property : Property.values()) {
                assertThat(meters.scrape())
                        .contains("midwrite_check_violations_total{property=\"" + property.label()
                                + "\",severity=\"hard\"} 0.0");
            }
        }
    }

    @Test
    void nodeThatIsGoneIsStillKnown() {
        try (BusyController controller = new BusyController(directory)) {
            assertThat(controller.scrape())
                    .contains(
                            "midwrite_link_nodes{state=\"connected\"} 1.0",
                            "midwrite_link_points{node=\"node-1\",state=\"woven\"} 1.0",
                            "midwrite_link_lease_seconds 1.9");
            controller.loseTheNode();
            assertThat(controller.scrape())
                    .contains(
                            "midwrite_link_nodes{state=\"known\"} 1.0",
                            "midwrite_link_nodes{state=\"connected\"} 0.0",
                            "midwrite_link_connected{node=\"node-1\"} 0.0");
        }
    }
}
