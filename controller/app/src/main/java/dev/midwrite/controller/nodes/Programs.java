package dev.midwrite.controller.nodes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which programs this machine can run. */
public final class Programs {
    private Programs() {}

    /** The first of this name on the {@code PATH}; empty if there is none. */
    public static Optional<Path> find(String name) {
        return find(name, System.getenv().getOrDefault("PATH", ""));
    }

    /** The same on a path of somebody's. */
    public static Optional<Path> find(String name, String path) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .map(place -> Path.of(place).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether a command that begins with this word can be started in this directory. */
    static boolean there(String program, Path directory) {
        return program.contains(File.separator)
                ? Files.isExecutable(directory.resolve(program))
                : find(program).isPresent();
    }
}
