package dev.midwrite.controller.storm;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.run.BrokenRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the drill of a failed storm is kept: beside the one that it comes from, because the paths in its commands are relative to
 * there. Each smaller one takes the place of the one before at once, so that whoever breaks off the search has the last.
 */
final class StormDrillFile {
    private final Path path;

    private StormDrillFile(Path path) {
        this.path = path;
    }

    /**
     * The given file, or one that is not there yet.
     *
     * @param given null to have one named after drill and seed
     * @throws Problem if it cannot be written, is there already, or lies elsewhere
     */
    static StormDrillFile beside(Drill drill, Path given, long seed) {
        Path place = drill.file().toAbsolutePath().normalize().getParent();
        Path path = given == null ? free(drill.file(), seed) : given;
        if (!path.toAbsolutePath().normalize().getParent().equals(place)) {
            throw new Problem("--save: " + given + " must lie beside " + drill.file()
                    + ", as the paths in its commands are relative to there.");
        }
        if (Files.exists(path)) {
            throw new Problem("--save: " + path + " is there already; remove it, or name another file.");
        }
        if (!Files.isWritable(place)) {
            throw new Problem(
                    place + " is no directory that can be written to, and a drill that fails is saved there.");
        }
        return new StormDrillFile(path);
    }

    private static Path free(Path drill, long seed) {
        String name = drill.getFileName().toString().replaceFirst("\\.ya?ml$", "") + "-storm-" + seed;
        Path path = drill.resolveSibling(name + ".yaml");
        for (int i = 2; Files.exists(path); i++) {
            path = drill.resolveSibling(name + "-" + i + ".yaml");
        }
        return path;
    }

    Path path() {
        return path;
    }

    /**
     * Writes it anew.
     *
     * @param again the command that repeats the storm
     * @param text of the drill
     */
    void write(StormFailure failure, String again, String text) {
        String head = """
                # %s: %s.
                # Again: %s
                # Fails: %s (%s).
                # How often: %s.
                """.formatted(
                failure.drawn() == 0
                        ? "It fails without any fault"
                        : "What is left of a storm that was drawn with seed " + failure.seed() + ", " + failure.size(),
                failure.state().words(),
                again,
                failure.finding(),
                failure.property().label(),
                failure.rate());
        try {
            PrivateFiles.write(path, head + text);
        } catch (IOException e) {
            throw new BrokenRun(path + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
