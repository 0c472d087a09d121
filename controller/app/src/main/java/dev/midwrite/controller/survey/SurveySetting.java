package dev.midwrite.controller.survey;

import dev.midwrite.controller.nodes.Reaper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a look needs.
 *
 * @param directory for all that it leaves; the caller deletes it
 * @param java what {@code {java}} stands for
 * @param readyTimeout how long the service may take to start
 * @param reaper ends what the look started if the look cannot
 * @param progress hears sentences about what is under way
 */
public record SurveySetting(
        Path directory, Path agentJar, Path java, Duration readyTimeout, Reaper reaper, Consumer<String> progress) {}
