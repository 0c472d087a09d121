package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.midwrite.controller.browser.Browser;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a real browser shows it. */
class ReportInBrowserTest {
    private static final int TELEPHONE = 400;
    private static final int SCREEN = 1600;
    private static final int HEIGHT = 900;
    private static final int ARROW_RIGHT = 39;
    private static final String OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)";

    @TempDir
    static Path directory;

    private static Browser browser;
    private static Path failed;
    private static Path busy;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Browser.installed();
        assumeThat(program)
                .as("no browser is installed; Debian's package chromium brings one")
                .isPresent();
        failed = Report.write(directory.resolve("failed"), SampleRun.failed()).html();
        busy = Report.write(directory.resolve("busy"), busy()).html();
        browser = Browser.start(program.get());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    /** 10,000 operations, of which every seventh has no answer. */
    private static ReportInput busy() {
        return SampleRun.with(IntStream.range(0, 10_000)
                .mapToObj(i -> SampleRun.operation(
                        1 + i % 100,
                        OperationKind.READ,
                        i * 0.002,
                        i % 7 == 0 ? -1 : i * 0.002 + 0.01,
                        1 + i,
                        1 + i % 3,
                        i % 7 == 0 ? Outcome.INFO : Outcome.OK,
                        0,
                        0))
                .toList());
    }

    private static int number(String expression) throws InterruptedException {
        return browser.value(expression).asInt();
    }

    @ParameterizedTest
    @CsvSource({"400, true", "1600, false"})
    void nothingLeavesTheFileAndNothingGoesWrong(int width, boolean dark) throws InterruptedException {
        browser.show(failed, width, HEIGHT, dark);
        browser.value(OPEN_ALL);
        List<String> asked = events("Network.requestWillBeSent").stream()
                .map(event -> event.path("request").path("url").asText())
                .distinct()
                .toList();
        assertThat(asked).contains(failed.toUri().toString()).allMatch(url -> url.startsWith("file:"));
        assertThat(events("Runtime.exceptionThrown")).isEmpty();
        assertThat(events("Runtime.consoleAPICalled")).isEmpty();
        assertThat(events("Log.entryAdded")).isEmpty();
    }

    private static List<JsonNode> events(String method) {
        return browser.events().stream()
                .filter(event -> event.path("method").asText().equals(method))
                .map(event -> event.path("params"))
                .toList();
    }

    @Test
    void aTelephoneNeedsNoScrollingSideways() throws InterruptedException {
        for (Path page : List.of(failed, busy)) {
            browser.show(page, TELEPHONE, HEIGHT, true);
            browser.value(OPEN_ALL);
            // Nothing is cut off, but for what scrolls in a box of its own.
            assertThat(browser.value("[...document.querySelectorAll('main *, header *')].filter(each =>"
                                    + " each.getBoundingClientRect().right > " + TELEPHONE
                                    + " && !each.closest('.wide, .card .picture')).map(each => each.outerHTML).join()")
                            .asText())
                    .isEmpty();
            assertThat(number("document.documentElement.scrollWidth")).isEqualTo(TELEPHONE);
            // Course and charts have no need to.
            assertThat(number("[...document.querySelectorAll('#course .picture, .drawn')]"
                            + ".filter(each => each.scrollWidth > each.clientWidth).length"))
                    .isZero();
        }
    }

    @Test
    void theFirstFindingIsSeenWithoutScrolling() throws InterruptedException {
        browser.show(failed, SCREEN, HEIGHT, false);
        assertThat(number("Math.ceil(document.querySelector('.card .what').getBoundingClientRect().bottom)"))
                .isBetween(1, HEIGHT);
        assertThat(number("document.querySelectorAll('#findings details.finding[open]').length"))
                .isOne();
    }

    @Test
    void everyPictureHasAnAlternativeInText() throws InterruptedException {
        browser.show(failed, SCREEN, HEIGHT, false);
        assertThat(number("document.querySelectorAll('svg[role=img]').length")).isPositive();
        assertThat(number("[...document.querySelectorAll('svg:not(.defs)')].filter(each =>"
                        + " each.getAttribute('role') !== 'img' ||"
                        + " !each.getAttribute('aria-label')).length"))
                .isZero();
        assertThat(number("document.querySelectorAll('.chart').length")).isEqualTo(5);
        assertThat(number("[...document.querySelectorAll('.chart')].filter(each =>"
                        + " !document.getElementById(each.getAttribute('aria-describedby')).textContent.trim()"
                        + " || !each.querySelector('.data td')).length"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"400", "1600"})
    void theArrowKeysReadAChartColumnByColumn(int width) throws InterruptedException {
        browser.show(failed, width, HEIGHT, false);
        browser.value("document.querySelector('#chart-latency .drawn').focus()");
        browser.press("ArrowRight", ARROW_RIGHT);
        String first = browser.value("document.querySelector('#chart-latency .readout').textContent")
                .asText();
        browser.press("ArrowRight", ARROW_RIGHT);
        String second = browser.value("document.querySelector('#chart-latency .readout').textContent")
                .asText();
        assertThat(first).contains("p50");
        assertThat(second).contains(" s: ").isNotEqualTo(first);
        // The other charts show the same moment.
        assertThat(number("document.querySelectorAll('#chart-sessions .hit.is-at').length"))
                .isOne();
    }

    @Test
    void bothThemesShowTextThatCanBeRead() throws InterruptedException {
        for (boolean dark : new boolean[] {false, true}) {
            browser.show(failed, SCREEN, HEIGHT, dark);
            int background = brightness("document.body", "backgroundColor");
            int text = brightness("document.body", "color");
            int bar = brightness("document.querySelector('.bar-ok')", "fill");
            assertThat(background > text).isEqualTo(!dark);
            assertThat(Math.abs(background - text)).isGreaterThan(150);
            assertThat(Math.abs(background - bar)).isGreaterThan(60);
        }
    }

    /** From 0 to 255. */
    private static int brightness(String element, String property) throws InterruptedException {
        return number("Math.round(getComputedStyle(" + element + ")." + property
                + ".match(/[0-9]+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0) / 3)");
    }

    @Test
    void aPictureShowsTheTopForAMessage() throws IOException, InterruptedException {
        byte[] png = ReportPicture.of(failed, Browser.installed().orElseThrow());
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(picture.getWidth()).isEqualTo(1000);
        assertThat(picture.getHeight()).isBetween(1500, 4000);
        // The banner is edged in the verdict's colour.
        Color edge = new Color(picture.getRGB(500, 2));
        assertThat(edge.getRed()).isGreaterThan(edge.getGreen() + 80);
    }

    @Test
    void tenThousandOperationsAreNoBurden() throws IOException, InterruptedException {
        assertThat(Files.size(busy)).isLessThan(1_000_000);
        browser.show(busy, SCREEN, HEIGHT, false);
        assertThat(number("document.querySelectorAll('*').length")).isLessThan(10_000);
        assertThat(browser.value("document.querySelector('#summary-throughput').textContent")
                        .asText())
                .contains("10,000 attempts", "1,429 unknown");
    }
}
