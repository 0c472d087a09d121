package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each incident happens on its broken service, and not on its mended one. */
class IncidentPairsIT {
    private static final Pattern DRILL = Pattern.compile("(?m)^(?:broken|mended): (.+)$");

    /** Nothing is broken or started anew in it. */
    private static final String QUICKEST = "secure-cookie-over-http.md";

    @TempDir
    private Path directory;

    @Tag("services")
    @ParameterizedTest
    @MethodSource("all")
    void happensOnTheBrokenServiceAlone(ExpectedDrill drill) throws Exception {
        drill.run(CommandLineProcess.jdks().get(0), directory);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("quickest")
    void happensOnTheBrokenServiceAloneInShort(ExpectedDrill drill) throws Exception {
        drill.run(CommandLineProcess.jdks().get(0), directory);
    }

    static List<ExpectedDrill> all() throws IOException {
        try (Stream<Path> pages = Files.list(pages())) {
            return drills(
                    pages.filter(page -> !page.endsWith("README.md")).sorted().toList());
        }
    }

    static List<ExpectedDrill> quickest() throws IOException {
        return drills(List.of(pages().resolve(QUICKEST)));
    }

    private static Path pages() {
        return CommandLineProcess.root().resolve("incidents");
    }

    /** Each once: incidents share drills. */
    private static List<ExpectedDrill> drills(List<Path> pages) throws IOException {
        List<ExpectedDrill> drills = new ArrayList<>();
        for (Path page : pages) {
            List<ExpectedDrill> pair = DRILL.matcher(Files.readString(page))
                    .results()
                    .map(match -> new ExpectedDrill(CommandLineProcess.root().resolve(match.group(1))))
                    .toList();
            assertThat(pair).as(page.toString()).hasSize(2);
            drills.addAll(pair);
        }
        return drills.stream()
                .distinct()
                .sorted(Comparator.comparing(ExpectedDrill::toString))
                .toList();
    }
}
