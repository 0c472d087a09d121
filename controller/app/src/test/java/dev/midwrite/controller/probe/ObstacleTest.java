package dev.midwrite.controller.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObstacleTest {
    /** An agent that was not heard in time on a busy machine lets the page answer, and must not end a run of a service that is fine. */
    @ParameterizedTest
    @CsvSource({
        "200, true, SOON",
        "404, true, SOON",
        "405, true, SOON",
        "302, true, NEVER",
        "403, true, NEVER",
        "200, false, NEVER",
        "404, false, NEVER",
        "500, true, SOON",
        "500, false, SOON",
        "503, true, LATE",
        "429, false, LATE"
    })
    void passesByItself(int status, boolean carried, Obstacle.Passing passing) {
        ProbeReply reply = ProbeReply.of(status, HttpHeaders.of(Map.of(), (name, value) -> true), "Welcome!");

        assertThat(Obstacle.of("node-1", "GET /", carried, "01", reply))
                .get()
                .extracting(Obstacle::passing)
                .isEqualTo(passing);
    }
}
