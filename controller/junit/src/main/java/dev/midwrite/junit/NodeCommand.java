package dev.midwrite.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What starts a node, as a drill's {@code nodes.command}: a text that is split, or a list of words. */
final class NodeCommand {

    private NodeCommand() {}

    /** @throws InvalidTest if there is nothing to start, or more than one thing */
    static Object of(Drill drill) {
        boolean main = drill.main() != void.class;
        boolean jar = !drill.jar().isEmpty();
        boolean command = drill.command().length > 0;
        long given = Stream.of(main, jar, command).filter(each -> each).count();
        if (given != 1) {
            throw new InvalidTest(
                    given == 0
                            ? "The test has no nodes: give @Drill a main class, a jar or a command."
                            : "@Drill takes one of main, jar and command, not " + given + " of them.");
        }
        if (command) {
            if (drill.arguments().length > 0 || drill.jvm().length > 0) {
                throw new InvalidTest(
                        "@Drill's arguments and jvm are for a main class or a jar: a command has its own.");
            }
            return drill.command().length == 1 ? drill.command()[0] : Arrays.asList(drill.command());
        }
        // A node that is killed leaves its temporary files behind, so they lie where the run cleans up.
        List<String> words = new ArrayList<>(List.of("{java}", "{agent}", "-Djava.io.tmpdir={tmp}"));
        words.addAll(Arrays.asList(drill.jvm()));
        if (main) {
            words.addAll(List.of("-cp", classPath(), drill.main().getName()));
        } else {
            words.addAll(List.of("-jar", jar(drill.jar())));
        }
        words.addAll(Arrays.asList(drill.arguments()));
        return words;
    }

    private static String jar(String given) {
        Path jar = Path.of(given).toAbsolutePath().normalize();
        if (!Files.isRegularFile(jar)) {
            throw new InvalidTest("There is no jar " + jar + " to start nodes with.");
        }
        return jar.toString();
    }

    /** Surefire hides it in the manifest of a jar, and says it in a property. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
