package dev.midwrite.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.PointReport;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.IllegalClassFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Libraries that have drifted. */
class NeedsTest {
    private static final String ENCODER = "io/lettuce/core/protocol/CommandEncoder";
    private static final String WRAPPER = "io/lettuce/core/protocol/CommandWrapper";

    /** As if a release of the library lacked this class. */
    private static final class Without extends ClassLoader {
        private final String missing;

        Without(String missing) {
            super(NeedsTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return name.equals(missing + ".class") ? null : super.getResourceAsStream(name);
        }
    }

    @Test
    void whatIsThereIsWoven() throws Exception {
        TestWeaver weaver = new TestWeaver(new Catalogue(Libraries.all()));
        assertThat(weave(weaver, NeedsTest.class.getClassLoader())).isNotNull();
        assertThat(report(weaver).state()).isEqualTo(PointReport.State.WOVEN);
    }

    @Test
    void whatTheAdviceNamesAndTheLibraryLacksIsSaidAndNothingIsWoven() throws Exception {
        TestWeaver weaver = new TestWeaver(new Catalogue(Libraries.all()));
        byte[] plain = bytes();
        byte[] woven = weaver.weave(new Without(WRAPPER), ENCODER, plain);
        assertThat(woven == null ? plain : woven)
                .as("the class does not call the gate")
                .satisfies(code -> assertThat(new String(code, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("dev/midwrite/agent/gate/Gate"));
        assertThat(report(weaver).state()).isEqualTo(PointReport.State.FAILED);
        assertThat(report(weaver).reason())
                .isEqualTo("needs io.lettuce.core.protocol.CommandWrapper.unwrap"
                        + "(io.lettuce.core.protocol.RedisCommand)");
    }

    private static byte[] weave(TestWeaver weaver, ClassLoader loader) throws IOException, IllegalClassFormatException {
        return weaver.weave(loader, ENCODER, bytes());
    }

    private static byte[] bytes() throws IOException {
        try (InputStream from = NeedsTest.class.getResourceAsStream("/" + ENCODER + ".class")) {
            return from.readAllBytes();
        }
    }

    private static PointReport report(TestWeaver weaver) {
        List<PointReport> reports = weaver.reports();
        return reports.stream()
                .filter(report -> report.name().equals("lettuce.CommandEncoder.encode"))
                .findFirst()
                .orElseThrow();
    }
}
