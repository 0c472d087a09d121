package dev.midwrite.controller.probe;

import java.util.Optional;

/**
 * Something that stands between the users and the probe.
 *
 * @param sentence what was asked, what came, and what is the likely reason
 * @param passing whether it may pass by itself
 */
record Obstacle(String sentence, Passing passing) {
    /** When it may. */
    enum Passing {
        NEVER,
        /** In some seconds or never: an application warms up, an agent on a busy machine was not heard in time and is again. */
        SOON,
        /** As long as a node takes to be ready: nobody listens yet, a gateway waits for its node. */
        LATE
    }

    /**
     * What is wrong with an answer to a right request; empty if the probe itself answered.
     *
     * @param carried a page was asked for, in whose place the agent answers
     */
    static Optional<Obstacle> of(String node, String asked, boolean carried, String request, ProbeReply reply) {
        if (reply.status() / 100 == 2 && reply.echoes(request)) {
            return Optional.empty();
        }
        StringBuilder sentence = new StringBuilder()
                .append("Node ")
                .append(node)
                .append(" answers ")
                .append(asked)
                .append(" with ")
                .append(reply.status());
        if (!reply.header("Location").isEmpty()) {
            sentence.append(" to ").append(reply.header("Location"));
        }
        sentence.append(": ")
                .append(carried ? instead(reply) : reason(asked, reply))
                .append('.');
        if (!reply.firstLine().isEmpty()) {
            sentence.append(" Its answer begins: ").append(reply.firstLine());
        }
        return Optional.of(new Obstacle(sentence.toString(), passing(reply.status(), carried)));
    }

    /** No answer at all. */
    static Obstacle silent(String node, String asked, Exception e) {
        String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new Obstacle("Node " + node + " does not answer " + asked + ": " + detail + ".", Passing.LATE);
    }

    /** An agent whose lease has run out lets the page itself answer, be it there or not, until the next one comes. */
    private static Passing passing(int status, boolean carried) {
        boolean page = status / 100 == 2 || status == 404 || status == 405;
        if (status == 500 || (carried && page)) {
            return Passing.SOON;
        }
        return status == 429 || status / 100 == 5 ? Passing.LATE : Passing.NEVER;
    }

    private static String instead(ProbeReply reply) {
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 ->
                "the page sends users elsewhere; name in nodes.page one that they may see without a login";
            case 401, 403 -> "the page is not for everybody; name in nodes.page one that needs no login";
            case 404, 405 -> "there is no such page; name in nodes.page one that the application serves";
            case 400 -> "the probe in this agent does not know this request, or is older than this Midwrite";
            case 502, 503, 504 -> "the service, or a proxy before it, is not ready";
            default ->
                reply.status() / 100 == 5
                        ? "the application fails; its log says why"
                        : "the agent did not answer in the page's place; it can where a servlet serves the page, the"
                                + " point servlet.HttpServlet.service is woven, and the agent has no option probe=off";
        };
    }

    private static String reason(String asked, ProbeReply reply) {
        boolean changes = asked.startsWith("POST") || asked.startsWith("DELETE");
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 ->
                "something before the probe sends users elsewhere, likely a login page or https;"
                        + " let the probe's path through (docs/probe.md)";
            case 401 -> "the service wants a login; let the probe's path through (docs/probe.md)";
            case 403 ->
                changes
                        ? "likely a protection against cross-site request forgery (CSRF), which rejects changes without its"
                                + " token; exempt the probe's path (docs/probe.md)"
                        : "access is denied; let the probe's path through (docs/probe.md)";
            case 404 -> "nothing is mounted there; mount the probe, or say in nodes.probe where it is";
            case 405 -> "what is mounted there is not the probe, or does not know this request";
            case 400 -> "the probe there does not know this request, or is older than this Midwrite";
            case 502, 503, 504 -> "the service, or a proxy before it, is not ready";
            default ->
                reply.status() / 100 == 5
                        ? "the application fails, for example because its session store's serializer cannot handle the"
                                + " value; its log says why"
                        : reply.status() / 100 == 2
                                ? "the answer does not repeat the request's id in header and body, so it is not the probe's"
                                : "this is not the probe's answer";
        };
    }
}
