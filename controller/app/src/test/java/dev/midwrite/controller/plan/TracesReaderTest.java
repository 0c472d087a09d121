package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TracesReaderTest {
    private static Drill drill(String users, String traces) {
        return DrillFile.parse(Path.of("some.yaml"), """
                version: 1
                store: {kind: redis}
                nodes: {command: "{java} -jar shop.jar"}
                users: {sessions: 1, workloads: [list], duration: 1s%s}
                %s
                """.formatted(users, traces));
    }

    @Test
    void usersNameTracesUnlessTheDrillOrItsFlowSaysOtherwise() {
        assertThat(drill("", "").sendsTraces()).isTrue();
        assertThat(drill("", "").traces()).isEqualTo(TracesSpec.NONE);
        assertThat(drill("", "traces: {send: false}").sendsTraces()).isFalse();
        assertThat(drill(", flow: {headers: {X-Tenant: a}}", "").sendsTraces()).isTrue();
        assertThat(drill(
                                ", flow: {headers: {TraceParent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}}",
                                "")
                        .sendsTraces())
                .isFalse();
    }

    @Test
    void readsWhereTheyGoAndWhereTheyAreFound() {
        TracesSpec traces = drill(
                        "",
                        "traces: {url: \"http://localhost:16686/trace/{trace}\", otlp: http://localhost:4318, file: true}")
                .traces();
        assertThat(traces.url()).isEqualTo("http://localhost:16686/trace/{trace}");
        assertThat(traces.otlp()).contains(URI.create("http://localhost:4318"));
        assertThat(traces.file()).isTrue();
        assertThat(drill("", "traces: {otlp: \"grpcs://collector:4317\"}")
                        .traces()
                        .otlp())
                .contains(URI.create("grpcs://collector:4317"));
    }

    @Test
    void whatIsNoAddressIsNamed() {
        assertThatThrownBy(() -> drill("", "traces: {url: \"http://localhost:16686/trace\", otlp: \"localhost:4318\"}"))
                .isInstanceOfSatisfying(
                        InvalidDrill.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .anyMatch(problem -> problem.contains(
                                        "'url' must be an http address with {trace} in it, not 'http://"))
                                .anyMatch(problem -> problem.contains(
                                        "'otlp' must be an address such as http://localhost:4318 or grpc://")));
        assertThatThrownBy(() -> drill("", "traces: {url: \"javascript:alert('{trace}')\"}"))
                .isInstanceOf(InvalidDrill.class);
    }
}
