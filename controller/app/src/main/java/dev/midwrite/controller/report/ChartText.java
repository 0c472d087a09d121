package dev.midwrite.controller.report;

/**
 * What a chart says in words.
 *
 * @param key by which the page links to it
 * @param lead what is drawn, and in which unit
 * @param summary what the picture shows, in a sentence or two, for those who do not see it
 */
record ChartText(String key, String title, String lead, String summary) {

    /** What a screen reader says in the place of the picture. */
    String label() {
        return title + ". " + summary;
    }
}
