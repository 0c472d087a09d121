package dev.midwrite.controller.survey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a service prints of itself at its start.
 *
 * @param context its context path, as Spring Boot says it; empty for the root, or if nobody says one
 * @param ports on which Spring Boot says that it listens
 */
record StartLog(String context, Set<Integer> ports) {
    private static final Pattern PORT =
            Pattern.compile("(?:Tomcat|Jetty|Undertow|Netty) started on port(?:\\(s\\))?:? (?<port>[0-9]{1,5})");

    private static final Pattern CONTEXT = Pattern.compile("with context path '(?<path>/[^']+)'");

    static StartLog of(Path file) {
        try {
            // Whatever its charset is, a path is ASCII.
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Matcher context = CONTEXT.matcher(text);
            return new StartLog(
                    context.find() ? context.group("path") : "",
                    PORT.matcher(text)
                            .results()
                            .map(port -> Integer.valueOf(port.group(1)))
                            .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            return new StartLog("", Set.of());
        }
    }

    /** Whether it listens at another port, too, such as that of Spring Boot's management, which two nodes cannot share. */
    boolean listensBeside(int port) {
        return ports.stream().anyMatch(other -> other != port);
    }
}
