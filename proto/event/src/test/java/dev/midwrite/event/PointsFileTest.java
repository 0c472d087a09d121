package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointsFileTest {
    private static final String SOUND = """
            # Ours.
            orders.session.save.type = com.example.OrderSessions
            orders.session.save.method = store, update
            orders.session.save.arguments = 2
            orders.session.save.id = 0.getId
            orders.replica.apply.type = com.example.Listener
            orders.replica.apply.method = arrived
            orders.replica.apply.id = none
            """;

    @Test
    void readsWhatIsDescribed() {
        PointsFile file = PointsFile.parse(SOUND);
        assertThat(file.problems()).isEmpty();
        assertThat(file.points())
                .containsExactly(
                        new UserPoint(
                                "orders",
                                PointKind.SESSION_SAVE,
                                "com.example.OrderSessions",
                                List.of("store", "update"),
                                2,
                                UserPoint.OPERATION,
                                new SessionIdPlace(SessionIdPlace.Origin.ARGUMENT, 0, "getId")),
                        new UserPoint(
                                "orders",
                                PointKind.REPLICA_APPLY,
                                "com.example.Listener",
                                List.of("arrived"),
                                -1,
                                UserPoint.ADOPT,
                                SessionIdPlace.NONE));
        assertThat(file.points())
                .extracting(UserPoint::name)
                .containsExactly("orders.SessionRepository.save", "orders.Replica.apply");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "save.type = com|save.typ = com|'orders.session.save.typ' is no key",
                "save.type = com|save.type = java.util|classes of the JDK carry no points of users",
                "= com.example.OrderSessions|= a.B|'a.B' is too short",
                "= com.example.OrderSessions|= com.example.*|'com.example.*' is no name of a class",
                "= com.example.OrderSessions|=|'type' is missing",
                "= store, update|= store, |'' is no name of a method",
                "= store, update|=|'method' is missing",
                "arguments = 2|arguments = some|'arguments' is how many",
                "arguments = 2|arguments = 0|there is no such argument",
                "id = 0.getId|id = getId()|'id' is an argument's index",
                "id = 0.getId|id = this|'id' is an argument's index",
                "id = 0.getId|id = result|'id' can be in the result of",
                "arguments = 2|role = step|a session.save is an operation or adopted",
                "arguments = 2|role = king|'role' is operation, step or adopt",
                "arguments = 2|method = store|'orders.session.save.method' stands twice",
                "orders.session.save.id|orders.session.sav.id|there is no kind of point 'session.sav'",
                "orders.session.save.id|orders.session.set.id|a point of kind session.set cannot be described",
                "orders.session.save.id|Orders.session.save.id|a store's name is made of small letters",
            })
    void saysWhatIsWrong(String sound, String wrong, String sentence) {
        assertThat(SOUND).contains(sound);
        assertThat(PointsFile.parse(SOUND.replaceFirst(java.util.regex.Pattern.quote(sound), wrong))
                        .problems())
                .isNotEmpty()
                .anySatisfy(problem -> assertThat(problem).contains(sentence));
    }

    @Test
    void aFileThatDescribesNothingIsWrong() {
        assertThat(PointsFile.parse("# Nothing.\n").problems()).containsExactly("it describes no point");
        assertThat(PointsFile.parse("a = \\u00").problems().get(0)).startsWith("this is no file of properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "12", "0.getId", "this.id", "result", "result.getId", "none"})
    void whereTheIdIsReadsBack(String text) {
        assertThat(SessionIdPlace.parse(text)).map(SessionIdPlace::toString).contains(text);
    }

    /** A kind is either described or refused with a reason. */
    @Test
    void everyKindHasItsAnswer() {
        for (PointKind kind : PointKind.values()) {
            assertThat(UserPoint.reason(kind).isEmpty()).as(kind.label()).isEqualTo(UserPoint.usualRole(kind) != null);
        }
    }
}
