package dev.midwrite.agent.run;

import dev.midwrite.agent.library.UserPoints;
import dev.midwrite.agent.point.Library;
import dev.midwrite.event.PointsFile;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the file in which a user describes points. On the host's main thread: no lambda, no file system of NIO. */
final class OwnPoints {

    private OwnPoints() {}

    /**
     * @param known the libraries that the agent knows by itself
     * @throws OptionException if the file cannot be taken; the host goes on without the agent
     */
    static List<Library> read(File file, List<Library> known) throws OptionException {
        PointsFile described = PointsFile.parse(text(file));
        if (!described.problems().isEmpty()) {
            throw new OptionException("points, "
                    .concat(file.getPath())
                    .concat(": ")
                    .concat(described.problems().get(0)));
        }
        List<Library> own = UserPoints.of(described.points());
        for (Library store : own) {
            for (Library library : known) {
                if (library.name().equals(store.name())) {
                    throw new OptionException("points, "
                            .concat(file.getPath())
                            .concat(": the agent itself has a library '")
                            .concat(store.name())
                            .concat("'; call the store something else"));
                }
            }
        }
        return own;
    }

    private static String text(File file) throws OptionException {
        try (FileInputStream from = new FileInputStream(file)) {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OptionException("points: ".concat(String.valueOf(e.getMessage())));
        }
    }
}
