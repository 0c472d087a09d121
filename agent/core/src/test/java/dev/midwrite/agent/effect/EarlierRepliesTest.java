package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Step;
import org.junit.jupiter.api.Test;

class EarlierRepliesTest {
    private static final Catalogue POINTS = new Catalogue(Libraries.all());

    private final EarlierReplies earlier = new EarlierReplies();

    @Test
    void eachReadGivesTheReplyOfTheOneBefore() {
        assertThat(earlier.exchange(7, read(1, "HGETALL"), "one")).isNull();
        assertThat(earlier.exchange(7, read(1, "HGETALL"), "two")).isEqualTo("one");
        assertThat(earlier.exchange(7, read(1, "HGETALL"), "three")).isEqualTo("two");
    }

    @Test
    void sessionsCommandsAndInjectionsHaveRepliesOfTheirOwn() {
        earlier.exchange(7, read(1, "HGETALL"), "one");
        assertThat(earlier.exchange(7, read(2, "HGETALL"), "two")).isNull();
        assertThat(earlier.exchange(7, read(1, "GET"), "three")).isNull();
        assertThat(earlier.exchange(8, read(1, "HGETALL"), "four")).isNull();
    }

    /** Whose fields differ from call to call, or which are nobody's. */
    @Test
    void whatReadsNoWholeSessionIsLeftAlone() {
        for (int time = 0; time < 2; time++) {
            assertThat(earlier.exchange(7, read(1, "HMGET"), "one")).isNull();
            assertThat(earlier.exchange(7, read(0, "HGETALL"), "one")).isNull();
            assertThat(earlier.exchange(7, read(1, "HGETALL"), null)).isNull();
        }
    }

    @Test
    void onlySoManyAreKeptAndNoneOnceNothingIsArmed() {
        for (int session = 1; session <= 1001; session++) {
            earlier.exchange(7, read(session, "HGETALL"), session);
        }
        assertThat(earlier.exchange(7, read(1001, "HGETALL"), 0)).isEqualTo(1001);
        assertThat(earlier.exchange(7, read(1, "HGETALL"), 0)).isNull();
        earlier.forget();
        assertThat(earlier.exchange(7, read(1001, "HGETALL"), 0)).isNull();
    }

    private static Step read(long session, String command) {
        Operation operation = new Operation(point("spring.SessionRepository.read"));
        operation.session = session;
        return new Step(point("lettuce.DefaultEndpoint.write"), operation, 1, command);
    }

    private static Point point(String name) {
        return POINTS.all().stream()
                .filter(point -> point.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
