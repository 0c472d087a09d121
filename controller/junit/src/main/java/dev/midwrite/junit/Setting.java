package dev.midwrite.junit;

import dev.midwrite.controller.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the person who runs the tests says, by JUnit's configuration parameters.
 *
 * @param directory below which each run has one of its own
 * @param agent jar of the agent, if it is not the one on the class path
 * @param java what starts nodes
 * @param seed in the place of the annotation's
 */
record Setting(Path directory, Optional<String> agent, Path java, Optional<Long> seed) {
    static final String DIRECTORY = "midwrite.directory";
    static final String AGENT = "midwrite.agent";
    static final String JAVA = "midwrite.java";
    static final String SEED = "midwrite.seed";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS", Locale.ROOT);

    static Setting of(ExtensionContext context) {
        return new Setting(
                Path.of(context.getConfigurationParameter(DIRECTORY).orElse("target/midwrite")),
                context.getConfigurationParameter(AGENT),
                context.getConfigurationParameter(JAVA)
                        .map(Path::of)
                        .orElse(Path.of(System.getProperty("java.home"), "bin", "java")),
                context.getConfigurationParameter(SEED).map(Setting::number));
    }

    /** An empty directory that no other run has, whatever runs at the same time. */
    Path own(String name) {
        String stem =
                LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + "-" + name.replaceAll("[^A-Za-z0-9._-]+", "-");
        try {
            PrivateFiles.directory(directory);
            for (int i = 1; ; i++) {
                try {
                    return PrivateFiles.newDirectory(directory.resolve(i == 1 ? stem : stem + "-" + i));
                } catch (FileAlreadyExistsException e) {
                    // Another test began in the same millisecond.
                }
            }
        } catch (IOException e) {
            throw new InvalidTest("The directory " + directory + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidTest(SEED + " must be a whole number, not '" + text + "'.", e);
        }
    }
}
