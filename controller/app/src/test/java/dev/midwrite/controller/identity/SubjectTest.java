package dev.midwrite.controller.identity;

import static org.assertj.core.api.Assertions.assertThat;

import javax.naming.InvalidNameException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    CN=anna, OU=inject              | anna          | inject
                    O=Shop, OU=watch, CN=screen     | screen        | watch
                    CN="OU=crash", OU=watch         | OU=crash      | watch
                    CN=a\\,OU\\=crash,OU=watch      | a,OU=crash    | watch
                    CN=nobody                       | nobody        | ''
                    """)
    void isReadFromTheName(String distinguished, String name, String unit) throws InvalidNameException {
        assertThat(Subject.of(distinguished)).isEqualTo(new Subject(name, unit));
    }
}
