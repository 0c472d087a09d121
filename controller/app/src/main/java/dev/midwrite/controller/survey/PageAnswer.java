package dev.midwrite.controller.survey;

import dev.midwrite.controller.probe.ProbeReply;

/**
 * What came of a page when it was asked for with an operation of the probe.
 *
 * @param path of the page
 * @param carried the agent answered in its place
 * @param location where it sends users; empty if it does not
 */
public record PageAnswer(String path, boolean carried, int status, String location) {

    static PageAnswer of(String path, boolean carried, ProbeReply reply) {
        return new PageAnswer(path, carried, reply.status(), reply.header("Location"));
    }

    /** Whether it sends users to another page, such as that of a login. */
    boolean redirects() {
        return status / 100 == 3 && !location.isEmpty();
    }

    /** Such as {@code / sends users to /login (302)}. */
    public String words() {
        if (carried) {
            return path + " is answered by the agent";
        }
        return redirects() ? path + " sends users to " + location + " (" + status + ")" : path + " answers " + status;
    }
}
