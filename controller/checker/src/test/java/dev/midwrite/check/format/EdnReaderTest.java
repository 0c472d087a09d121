package dev.midwrite.check.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdnReaderTest {

    @Test
    void readsEveryKindOfForm() throws Exception {
        assertThat(read("nil true -3 3N 99999999999999999999 2.50M 1e3 1/2 \\a sym"))
                .isEqualTo(Arrays.asList(
                        null,
                        true,
                        -3L,
                        3L,
                        new BigInteger("99999999999999999999"),
                        new BigDecimal("2.5"),
                        new BigDecimal("1E+3"),
                        new Edn.Symbol("1/2"),
                        new Edn.Symbol("\\a"),
                        new Edn.Symbol("sym")));
        assertThat(read("\"a\\n\\\"\\u0041\" :k/w {:a [1 (2)]} #{1 2} #inst \"x\""))
                .containsExactly(
                        "a\n\"A",
                        new Edn.Keyword("k/w"),
                        Map.of(new Edn.Keyword("a"), List.of(1L, List.of(2L))),
                        Set.of(1L, 2L),
                        new Edn.Tagged("inst", "x"));
    }

    @Test
    void passesOverCommasCommentsAndDiscardedForms() throws Exception {
        assertThat(read("1,,2 ; three 3\n#_{:four 4} #_ #_ 5 6 7")).containsExactly(1L, 2L, 7L);
    }

    @Test
    void knowsTheLineOfEachElement() throws Exception {
        assertThat(new EdnReader("; head\n[{:a 1}\n {:a\n 2} ; tail\n\n 3]\n").readAll())
                .extracting(Edn.Placed::line)
                .containsExactly(2, 3, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'[1 2'|line 1, column 5: the text ends before ']'",
                "'[1}'|line 1, column 3: '}' closes nothing",
                "'[1] 2'|line 1, column 5: text after the end of the history",
                "'{:a}'|line 1, column 1: a map with a key and no value",
                "'{:a 1 :a 2}'|line 1, column 1: a map with the key :a twice",
                "'\"abc'|line 1, column 5: the text ends within a string",
                "'\"\\q\"'|line 1, column 4: '\\q' is no escape",
                "'12x'|line 1, column 4: '12x' is no number",
                "'#'|line 1, column 2: the text ends after '#'",
                "'#<Object>'|line 1, column 2: '#<' is not of this notation",
                "'#_'|line 1, column 3: the text ends after '#_'",
            })
    void saysWhatItCannotRead(String text, String message) {
        assertThatThrownBy(() -> new EdnReader(text).readAll())
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        for (String opening : List.of("[", "{", "#a ", "#_", "#{")) {
            assertThatThrownBy(() -> new EdnReader(opening.repeat(100_000)).readAll())
                    .isInstanceOf(UnreadableHistoryException.class)
                    .hasMessageContaining("nested deeper");
        }
    }

    private static List<Object> read(String text) throws UnreadableHistoryException {
        List<Object> forms = new ArrayList<>();
        new EdnReader(text).readAll().forEach(each -> forms.add(each.form()));
        return forms;
    }
}
