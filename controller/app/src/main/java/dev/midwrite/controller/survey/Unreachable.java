package dev.midwrite.controller.survey;

import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.link.v1.Point;
import java.util.List;
import java.util.stream.Collectors;

/** Why the agent could answer for no page of a service, and what to do about it. */
record Unreachable(FleetNode node, List<PageAnswer> pages) {
    private static final String SERVLET = "servlet.HttpServlet.service";

    /** One sentence or two. */
    String sentence() {
        Point.State servlet = state(SERVLET);
        if (servlet == Point.State.FAILED || servlet == Point.State.DISABLED) {
            return "The agent cannot answer for a page: its point " + SERVLET + " is "
                    + (servlet == Point.State.DISABLED ? "disabled in this JVM." : "not woven; its log says why.");
        }
        if (servlet != Point.State.WOVEN) {
            return state("webflux.HttpWebHandlerAdapter.handle") == Point.State.WOVEN
                    ? "The service is of WebFlux, and the agent answers only where a servlet serves a page; mount a probe"
                            + " (docs/probe.md)."
                    : "The service keeps no sessions that Midwrite knows: it answers, but not by way of a servlet."
                            + tried()
                            + " Users with a flow (docs/flows.md) need no servlet: what is judged then is the application's"
                            + " own cart, or whatever else it keeps in a session.";
        }
        if (pages.stream().anyMatch(page -> page.redirects() || page.status() == 401 || page.status() == 403)) {
            return "No page was found that users may see without a login." + tried()
                    + " Name one with --page that the application's security permits to everybody and that a servlet serves,"
                    + " such as a style sheet or a health check; if there is none, permit one for tests"
                    + " (docs/probe.md#spring-security).";
        }
        return "No page was found in whose place the agent could answer." + tried()
                + " Name one with --page that the application serves, with its context path; where MIDWRITE_PROBE or a"
                + " property midwrite.probe is off, the agent answers for none.";
    }

    private String tried() {
        return pages.isEmpty()
                ? ""
                : " Tried: " + pages.stream().map(PageAnswer::words).collect(Collectors.joining(", ")) + ".";
    }

    private Point.State state(String name) {
        return node.points().stream()
                .filter(point -> point.getName().equals(name))
                .map(Point::getState)
                .findFirst()
                .orElse(Point.State.WAITING);
    }
}
