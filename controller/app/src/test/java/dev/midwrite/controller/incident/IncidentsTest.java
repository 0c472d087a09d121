package dev.midwrite.controller.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.GateResult;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.UsersSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentsTest {
    private static final String PAGE = """
            ---
            findings:
              SESSION_LOST: 'evicted [\\d,]+ keys'
              IMMORTAL_SESSION:
            needs: embedded-redis
            broken: a.yaml
            mended: b.yaml
            run: '2026-11-29'
            ---

            # All is gone

            A story.

            ## Drill

            Some words.

            ```yaml
            users: {sessions: 9, duration: 5s, workloads: [register], routing: $routing}
            timeline: [{at: 1s, node: $last, action: kill}]
            store: {replicas: 1}
            ```
            """;

    private static final String SERVICE = """
            version: 1
            name: shop
            SCOPE
            store: {kind: redis, address: embedded, config: {appendonly: yes}}
            nodes: {names: [left, right], command: "{java} {agent} -jar a.jar"}
            users: {sessions: 3, parallel: 2, duration: 9s, workloads: [list], ttl: 90s}
            timeline: [{at: 1s, store: flush}]
            expect: {verdict: pass}
            """;

    private final Incident incident = IncidentPage.read("all-gone", PAGE);

    @Test
    void aPageIsReadWhole() {
        assertThat(incident.title()).isEqualTo("All is gone");
        assertThat(incident.run()).contains("2026-11-29");
        assertThat(incident.page()).startsWith("# All is gone\n").doesNotContain("findings:");
        assertThat(incident.course()).startsWith("users: ").endsWith("store: {replicas: 1}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SESSION_LOST: | SESSION_GONE:  | names a finding that there is not: SESSION_GONE
            [\\d,]+        | [\\d,+          | tells a cause by what is no pattern
            embedded-redis | moon          | needs a store that is not known: moon
            broken: a.yaml | brokn: a.yaml | has no text for 'broken' in its head
            '2026-11-29'   | ''            | has no text for 'run' in its head
            '# All'        | 'All'         | has no title
            ```yaml        | ```json       | has no course
            '---'          | '--'          | begins with a head between two lines of dashes, and has none
            """)
    void aPageThatIsNotWholeIsNamed(String there, String instead, String sentence) {
        assertThat(PAGE).contains(there);
        assertThatThrownBy(() -> IncidentPage.read("all-gone", PAGE.replace(there, instead)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("all-gone")
                .hasMessageContaining(sentence);
    }

    @Test
    void aFindingIsAnIncidentIfItsCauseSaysSo() {
        Incidents incidents = new Incidents(List.of(incident));

        Suspects proved = incidents.suspects(Anomaly.SESSION_LOST, "The store evicted 1,312 keys.");
        assertThat(proved.proved()).isTrue();
        assertThat(proved.words()).isEqualTo("is all-gone");
        assertThat(incidents.suspects(Anomaly.SESSION_LOST, "Nobody knows.").none())
                .isTrue();
        assertThat(incidents
                        .suspects(Anomaly.STALE_READ, "The store evicted 1,312 keys.")
                        .none())
                .isTrue();
    }

    @Test
    void aFindingWhoseCauseCannotSayItMayBeTheIncident() {
        Incident second = IncidentPage.read("left-over", PAGE);
        Suspects possible =
                new Incidents(List.of(incident, second)).suspects(Anomaly.IMMORTAL_SESSION, "Nobody knows.");

        assertThat(possible.proved()).isFalse();
        assertThat(possible.words()).isEqualTo("may be all-gone or left-over");
    }

    @Test
    void aFigureThatMissesItsTargetMayBeTheIncident() {
        Incident herd = IncidentPage.read(
                "herd", PAGE.replaceAll("(?s)findings:.*?needs", "misses: [first-request.p95]\nneeds"));
        Incidents incidents = new Incidents(List.of(incident, herd));

        assertThat(herd.explains()).isEmpty();
        assertThat(incidents
                        .suspects(gate("first-request.p95", GateResult.State.MISSED))
                        .words())
                .isEqualTo("may be herd");
        assertThat(incidents
                        .suspects(gate("first-request.p95 [rollout]", GateResult.State.MISSED))
                        .none())
                .isFalse();
        assertThat(incidents
                        .suspects(gate("first-request.p95", GateResult.State.MET))
                        .none())
                .isTrue();
        assertThat(incidents.suspects(gate("score", GateResult.State.MISSED)).none())
                .isTrue();
    }

    private static GateResult gate(String name, GateResult.State state) {
        return new GateResult(name, 1, 1, 1, 0.95, "ms", "<= 0 ms", 99, "first requests", state);
    }

    @Test
    void aCauseThatTwoIncidentsHaveProvesNeither() {
        Incident second = IncidentPage.read("left-over", PAGE);
        Incident third = IncidentPage.read("unlike", PAGE.replace("evicted", "flushed"));
        Suspects possible = new Incidents(List.of(incident, second, third))
                .suspects(Anomaly.SESSION_LOST, "The store evicted 1,312 keys.");

        assertThat(possible.proved()).isFalse();
        assertThat(possible.incidents()).containsExactly(incident, second);
    }

    @Test
    void theCourseTakesThePlaceOfWhatTheDrillDid() {
        Drill drill = IncidentCourse.over(incident, service(""));

        assertThat(drill.name()).isEqualTo("shop-all-gone");
        assertThat(drill.description()).isEqualTo("All is gone.");
        assertThat(drill.users().sessions()).isEqualTo(9);
        assertThat(drill.users().parallel()).isEqualTo(1);
        assertThat(drill.users().routing()).isEqualTo(UsersSpec.Routing.ROUND_ROBIN);
        assertThat(drill.users().ttl()).hasSeconds(90);
        assertThat(drill.timeline()).hasSize(1);
        assertThat(drill.store().own().replicas()).isOne();
        assertThat(drill.store().own().config()).containsEntry("appendonly", "yes");
        assertThat(drill.expect().verdict()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind: redis, address: embedded | scope: node | the sessions of a.yaml are in its nodes (scope: node).
            kind: jdbc, address: embedded  | ''          | a.yaml has store.kind: jdbc, store.address: embedded.
            kind: redis, address: h:6379   | ''          | a.yaml has store.kind: redis, store.address: a store of its own.
            """)
    void aServiceWithoutTheStoreIsToldWhatItLacks(String store, String scope, String sentence) {
        Drill service = DrillFile.parse(
                Path.of("a.yaml"),
                SERVICE.replace("SCOPE", scope)
                        .replace("timeline: [{at: 1s, store: flush}]", "")
                        .replace("kind: redis, address: embedded, config: {appendonly: yes}", store));

        assertThatThrownBy(() -> IncidentCourse.over(incident, service))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "The incident all-gone needs an embedded Redis (store.kind: redis, store.address: embedded); "
                                + sentence);
    }

    @Test
    void anIncidentThatThereIsNotIsNotGuessed() {
        assertThatThrownBy(() -> Incidents.shipped().named("all-gone"))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no incident 'all-gone'; ./midwrite incident list names them all.");
    }

    private static Drill service(String scope) {
        return DrillFile.parse(Path.of("a.yaml"), SERVICE.replace("SCOPE", scope));
    }
}
