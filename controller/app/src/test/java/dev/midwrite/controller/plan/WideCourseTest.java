package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WideCourseTest {
    private static final Path FILE = Path.of("a.yaml");

    private static final String DRILL = """
            version: 1
            seed: 7
            store: {kind: redis, address: "10.0.0.7:6379"}
            nodes:
              names: [left, right]
              command: "{java} {agent} -jar a.jar"
              probe: agent
              page: /hello
            users:
              sessions: 3
              duration: 5s
              workloads: [register]
              ttl: 90s
              login: [401, "302 /login"]
            timeline:
              - at: 1s
                store: flush
            expect: {verdict: fail, findings: [SESSION_LOST]}
            """;

    @Test
    void takesThePlaceOfTimelineAndUsersAndLeavesTheServiceAsItIs() {
        Drill given = DrillFile.parse(FILE, DRILL.replace("10.0.0.7:6379", "embedded"));

        Drill course = DrillFile.parse(FILE, WideCourse.over(given));

        assertThat(course.nodes()).isEqualTo(given.nodes());
        assertThat(course.store()).isEqualTo(given.store());
        assertThat(course.seed()).isEqualTo(7);
        assertThat(course.users().ttl()).isEqualTo(Duration.ofSeconds(90));
        assertThat(course.users().login()).isEqualTo(given.users().login());
        assertThat(course.users().workloads()).isEqualTo(List.of("register"));
        assertThat(course.users().sessions()).isEqualTo(40);
        assertThat(course.users().warmup().plus(course.users().duration())).isEqualTo(Duration.ofMinutes(1));
        assertThat(course.timeline()).hasSize(5).hasSameSizeAs(course("cluster").timeline());
        assertThat(course.expect().verdict()).isEmpty();
    }

    @Test
    void whatLivesOnOneNodeIsNeitherReadElsewhereNorSaved() {
        Drill course = course("node");
        assertThat(course.users().routing()).isEqualTo(UsersSpec.Routing.STICKY);
        assertThat(course.timeline()).hasSize(3).noneMatch(Step.Inject.class::isInstance);
    }

    private static Drill course(String scope) {
        String text = DRILL.replace("10.0.0.7:6379", "embedded").replace("seed: 7", "seed: 7\nscope: " + scope);
        Drill given = DrillFile.parse(FILE, text);
        return DrillFile.parse(FILE, WideCourse.over(given));
    }
}
