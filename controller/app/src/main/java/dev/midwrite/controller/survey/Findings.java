package dev.midwrite.controller.survey;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a look at a service found.
 *
 * @param command how it is started as a node
 * @param process such as {@code JDK 17.0.13, Spring Boot 3.5.16, ready after 4.1 s}
 * @param container such as {@code Tomcat 10.1.30}
 * @param layer who keeps sessions, such as {@code Spring Session 3.5.7, RedisSessionRepository}
 * @param page in whose place the agent answers
 * @param pages what came of each page that was asked for
 * @param cookies of a new session, as they were set, without their values
 * @param idHeader the header that holds a session's id; empty if a cookie does
 * @param ttl maximum inactive interval of sessions, if it can be seen
 * @param unseen sentences about what the look cannot tell
 */
public record Findings(
        ServiceCommand command,
        String process,
        String container,
        String layer,
        SessionStore store,
        String page,
        List<PageAnswer> pages,
        List<String> cookies,
        String idHeader,
        Optional<Duration> ttl,
        List<String> unseen) {

    public Findings {
        pages = List.copyOf(pages);
        cookies = List.copyOf(cookies);
        unseen = List.copyOf(unseen);
    }
}
