package dev.midwrite.controller.nodes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Which programs this machine can run. */
final class Programs {
    private Programs() {}

    /** Whether a command that begins with this word can be started in this directory. */
    static boolean there(String program, Path directory) {
        return program.contains(File.separator)
                ? Files.isExecutable(directory.resolve(program))
                : Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                        .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(program)));
    }
}
