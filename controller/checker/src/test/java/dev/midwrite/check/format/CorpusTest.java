package dev.midwrite.check.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Validity;
import dev.midwrite.check.search.Budget;
import dev.midwrite.check.search.SearchResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
    private static final Set<String> LINEARIZABLE =
            Set.of("002", "005", "007", "018", "025", "031", "038", "045", "048", "049");

    static Stream<String> etcd() {
        return IntStream.rangeClosed(0, 50).mapToObj("%03d"::formatted);
    }

    @ParameterizedTest
    @MethodSource("etcd")
    void agreesOnEtcd(String number) throws Exception {
        SearchResult result = judge(HistoryFormat.JEPSEN_LOG, "jepsen/etcd_" + number + ".log");

        assertThat(result.validity()).isEqualTo(LINEARIZABLE.contains(number) ? Validity.TRUE : Validity.FALSE);
        assertThat(result.witness()).hasSizeBetween(result.validity() == Validity.TRUE ? 0 : 1, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c01-ok", "c01-bad", "c10-ok", "c10-bad"})
    void agreesOnKeyValueStore(String name) throws Exception {
        SearchResult result = judge(HistoryFormat.KV, "kv/" + name + ".txt");

        assertThat(result.validity()).isEqualTo(name.endsWith("ok") ? Validity.TRUE : Validity.FALSE);
    }

    private static SearchResult judge(HistoryFormat format, String name)
            throws IOException, UnreadableHistoryException {
        return format.read(bytes(name), null).judge(Budget.DEFAULT);
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = CorpusTest.class.getResourceAsStream("/porcupine/" + name)) {
            return in.readAllBytes();
        }
    }
}
