package dev.midwrite.controller.survey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service prints of itself at its start.
 *
 * @param context its context path, as Spring Boot says it; empty for the root, or if nobody says one
 */
record StartLog(String context) {
    private static final Pattern CONTEXT = Pattern.compile("with context path '(?<path>/[^']+)'");

    static StartLog of(Path file) {
        try {
            // Whatever its charset is, a path is ASCII.
            Matcher context = CONTEXT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            return new StartLog(context.find() ? context.group("path") : "");
        } catch (IOException e) {
            return new StartLog("");
        }
    }
}
