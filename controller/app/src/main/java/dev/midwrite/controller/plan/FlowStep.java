package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * One request of a flow, and what must come back. Texts may hold placeholders such as {@code {csrf}}.
 *
 * @param name for people
 * @param method such as {@code GET}
 * @param path below the node's address, with a query if there is one
 * @param headers beside those of every request
 * @param form fields; none if empty
 * @param json a body; none if empty
 * @param expect statuses; any below 400 if empty
 * @param location path to which the answer must redirect, or its beginning and an asterisk; anything if empty
 * @param take what later steps need of the answer, by name
 * @param think how long the user waits before the next step
 */
public record FlowStep(
        String name,
        String method,
        String path,
        Map<String, String> headers,
        Map<String, String> form,
        String json,
        Set<Integer> expect,
        String location,
        Map<String, Extraction> take,
        Duration think) {

    /** Whether it may be sent again after an attempt of unknown effect. */
    public boolean repeatable() {
        return method.equals("GET");
    }
}
