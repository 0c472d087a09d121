package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.survey.SessionStore.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written is a drill, whatever was found. */
class DrillTextTest {
    private static final Path DIRECTORY = Path.of("/srv/my shop");
    private static final ServiceCommand COMMAND = ServiceCommand.of("java -jar 'a \"b\".jar'", DIRECTORY);
    private static final Path FILE = DIRECTORY.resolve("first: try.yaml");

    @Test
    void aRedisThatTheServiceIsGivenIsTheDrillsOwn() {
        Drill drill = written(new SessionStore(Kind.REDIS, "embedded", "Redis, keys a:{id}"), Duration.ofMinutes(20));

        assertThat(drill.name()).isEqualTo("first: try");
        assertThat(drill.store().embedded()).isTrue();
        assertThat(drill.scope()).isEqualTo(Scope.CLUSTER);
        assertThat(drill.nodes().names()).containsExactly("node-1", "node-2");
        assertThat(drill.nodes().command()).containsExactly("java", "{agent}", "-jar", "a \"b\".jar");
        assertThat(drill.nodes().environment()).containsEntry("SERVER_PORT", "{port}");
        assertThat(drill.nodes().readyPath()).isEqualTo(NodesSpec.ANY_ANSWER);
        assertThat(drill.nodes().probe().carried()).isTrue();
        assertThat(drill.nodes().probe().path()).isEqualTo("/style.css");
        assertThat(drill.users().ttl()).isEqualTo(Duration.ofMinutes(20));
        assertThat(drill.users().routing()).isEqualTo(UsersSpec.Routing.ROUND_ROBIN);
        assertThat(drill.users().warmup().plus(drill.users().duration())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aRedisThatTheServiceInsistsOnIsLeftWhereItIs() {
        Drill drill = written(new SessionStore(Kind.REDIS, "10.0.0.7:6379", "Redis"), Duration.ofSeconds(90));

        assertThat(drill.store().address()).isEqualTo("10.0.0.7:6379");
        assertThat(drill.users().ttl()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void sessionsInMemoryHaveNoSavesThatCouldBeSlow() {
        Drill drill = written(new SessionStore(Kind.MEMORY, "", "the memory of each node"), Duration.ofSeconds(-1));

        assertThat(drill.scope()).isEqualTo(Scope.NODE);
        assertThat(drill.users().routing()).isEqualTo(UsersSpec.Routing.STICKY);
        assertThat(drill.timeline()).hasSize(3);
    }

    @Test
    void sessionsOfTheApplicationsOwnHaveNoSavesThatWeSee() {
        Drill drill = written(new SessionStore(Kind.UNSEEN, "", "somewhere"), Duration.ofMinutes(20));

        assertThat(drill.scope()).isEqualTo(Scope.CLUSTER);
        assertThat(drill.users().routing()).isEqualTo(UsersSpec.Routing.ROUND_ROBIN);
        assertThat(drill.timeline()).hasSize(3);
    }

    @Test
    void aDatabaseOfOurOwnIsNamed() {
        ServiceCommand given = COMMAND.onDatabase();
        SessionStore store = new SessionStore(Kind.JDBC, "embedded", "a database");
        Drill drill = DrillFile.parse(
                FILE, DrillText.of(found(given, store, Duration.ofMinutes(30)), FILE, Duration.ofMinutes(3)));

        assertThat(drill.store().jdbc()).isTrue();
        assertThat(drill.store().embedded()).isTrue();
        assertThat(drill.nodes().environment()).containsEntry("SPRING_DATASOURCE_URL", "{store.url}");
    }

    /** Else a healthy service would be undecided for good: its sessions are never found in a Redis that it has no use for. */
    @Test
    void nothingIsLookedForInAStoreThatTheServiceDoesNotUse() {
        Drill elsewhere = written(new SessionStore(Kind.JDBC, "", "a database"), Duration.ofMinutes(30));
        Drill unseen = written(new SessionStore(Kind.UNSEEN, "", "somewhere"), Duration.ofMinutes(30));

        assertThat(elsewhere.store().embedded()).isTrue();
        assertThat(elsewhere.store().audited()).isFalse();
        assertThat(unseen.store().audited()).isTrue();
    }

    @Test
    void agentsLookIntoAGrid() {
        Drill drill = written(new SessionStore(Kind.GRID, "", "Hazelcast 5.5.0, map sessions"), Duration.ofMinutes(30));

        assertThat(drill.store().grid()).isTrue();
        assertThat(drill.scope()).isEqualTo(Scope.CLUSTER);
        assertThat(drill.timeline())
                .as("saves are seen, and two of the steps slow them")
                .hasSize(5);
    }

    @Test
    void aCommandOfAnotherDirectoryRunsThere() {
        Path elsewhere = Path.of("/srv/drills/shop.yaml");
        String text = DrillText.of(
                found(COMMAND, new SessionStore(Kind.OTHER, "", "a grid"), Duration.ofMinutes(30)),
                elsewhere,
                Duration.ofSeconds(5));

        Drill drill = DrillFile.parse(elsewhere, text);
        assertThat(drill.nodes().command())
                .startsWith("sh", "-c", "cd \"$0\" && exec \"$@\"", "/srv/my shop", "java", "{agent}");
        assertThat(drill.nodes().readyTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aHeaderThatHoldsTheIdIsSaid() {
        Findings cookie = found(COMMAND, new SessionStore(Kind.REDIS, "embedded", "Redis"), Duration.ofMinutes(20));
        Findings header = new Findings(
                COMMAND,
                cookie.process(),
                cookie.container(),
                cookie.layer(),
                cookie.store(),
                cookie.page(),
                List.of(),
                List.of(),
                "X-Auth-Token",
                cookie.ttl(),
                List.of());

        Drill drill = DrillFile.parse(FILE, DrillText.of(header, FILE, Duration.ofMinutes(3)));

        assertThat(drill.users().sessionHeader()).isEqualTo("X-Auth-Token");
    }

    private static Drill written(SessionStore store, Duration ttl) {
        return DrillFile.parse(FILE, DrillText.of(found(COMMAND, store, ttl), FILE, Duration.ofMinutes(3)));
    }

    private static Findings found(ServiceCommand command, SessionStore store, Duration ttl) {
        return new Findings(
                command,
                "JDK 17",
                "Tomcat 10.1",
                "Spring Session 3.5: \"plain\"",
                store,
                "/style.css",
                List.of(),
                List.of("SESSION=…; Path=/"),
                "",
                Optional.of(ttl),
                List.of());
    }
}
