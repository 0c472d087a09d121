package desk;

import static dev.midwrite.junit.DrillAssertions.assertThat;

import dev.midwrite.junit.Cluster;
import dev.midwrite.junit.Drill;
import dev.midwrite.junit.DrillTest;
import dev.midwrite.junit.DrillVerdict;
import dev.midwrite.junit.Expect;
import dev.midwrite.junit.Incident;
import dev.midwrite.junit.Inject;
import dev.midwrite.junit.Users;
import java.time.Duration;

@Drill(
        main = Desk.class,
        arguments = "{port}",
        jvm = {"-Xmx128m", "-XX:TieredStopAtLevel=1"},
        scope = "node",
        sessions = 10,
        warmup = "1s",
        duration = "4s",
        settle = "1s")
class SessionsTest {

    @DrillTest
    @Inject(fault = "delay", point = "request", delay = "100ms", probability = "20%")
    void slowRequestsLoseNothing(DrillVerdict verdict) {
        assertThat(verdict).passes().hasNothingFound();
    }

    @DrillTest
    @Incident("secure-cookie-over-http")
    void browsersSendOurCookiesBack() {}

    /** What we know, and have on our list. */
    @DrillTest
    @Expect(findings = "SESSION_LOST")
    void aCrashEndsSessions(Cluster cluster, Users users) throws InterruptedException {
        users.awaitAnswers(20, Duration.ofSeconds(20));
        cluster.kill("node-1");
        cluster.start("node-1");
        users.work(Duration.ofSeconds(2));
    }
}
