package dev.midwrite.controller.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.browser.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a message has room for of a report: verdict, figures, first finding, course and curves, as a picture. */
public final class ReportPicture {
    private static final int WIDTH = 1000;
    /** Who wants more opens the page. */
    private static final int MOST_HEIGHT = 4000;

    private ReportPicture() {}

    /**
     * As PNG, {@value #WIDTH} pixels wide, in light colours.
     *
     * @param html a page of {@link Report} or {@link CampaignReport}
     * @throws Problem if the browser does not start, or breaks
     */
    public static byte[] of(Path html, Path program) throws InterruptedException {
        try (Browser browser = Browser.start(program)) {
            browser.show(html, WIDTH, WIDTH, false);
            browser.value("document.head.appendChild(document.createElement('style')).textContent = " + rules());
            int height = browser.value("document.documentElement.scrollHeight").asInt();
            return browser.picture(WIDTH, Math.min(MOST_HEIGHT, height));
        }
    }

    /** As a literal of JavaScript. */
    private static String rules() {
        try (InputStream in = ReportPicture.class.getResourceAsStream("picture.css")) {
            return new ObjectMapper().writeValueAsString(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
