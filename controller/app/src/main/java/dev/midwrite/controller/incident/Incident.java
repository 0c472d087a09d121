package dev.midwrite.controller.incident;

import dev.midwrite.check.Anomaly;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named way to lose sessions, as its page tells it.
 *
 * @param name in kebab case; the page is {@code NAME.md}
 * @param title what happens, in a few words
 * @param explains the findings that show it; may be none if {@code misses} are some
 * @param misses names of figures, such as {@code first-request.p95}: it may be why one of them misses its target
 * @param needs which store a service must have for it
 * @param broken drill of a small service on which it happens, from the root of the source tree
 * @param mended drill of one that stands it, likewise
 * @param run when both were last seen to give the verdicts that they expect, or what runs them; empty if they were not
 * @param course what users do and what is broken: the blocks {@code users} and {@code timeline} of a drill, and others
 * @param page text for people, in Markdown, without what is for this program alone
 */
public record Incident(
        String name,
        String title,
        List<Explained> explains,
        List<String> misses,
        StoreNeed needs,
        String broken,
        String mended,
        Optional<String> run,
        String course,
        String page) {

    /**
     * A finding that an incident explains.
     *
     * @param cause is found in what the finding's cause says if it is this incident, and else the finding is not; without one,
     *     that cannot be told
     */
    public record Explained(Anomaly finding, Optional<Pattern> cause) {}

    /** Of the page, from the page of another. */
    public String file() {
        return name + ".md";
    }

    /** The finding's cause is one of this incident. */
    boolean toldBy(Anomaly finding, String cause) {
        return explains.stream()
                .anyMatch(each -> each.finding() == finding
                        && each.cause()
                                .filter(pattern -> pattern.matcher(cause).find())
                                .isPresent());
    }

    /** The finding may be this incident, and its cause could not say so. */
    boolean possible(Anomaly finding) {
        return explains.stream()
                .anyMatch(each -> each.finding() == finding && each.cause().isEmpty());
    }
}
