package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * An injection from a command line: the same keys and the same validation as in a drill, each as {@code key=value}.
 *
 * @param lasting how long it stays armed
 */
public record InjectionArguments(InjectionSpec injection, Duration lasting) {
    private static final Duration USUAL = Duration.ofSeconds(60);

    /** @throws InvalidDrill if the words make no injection; the line it names is the number of the word */
    public static InjectionArguments read(int id, List<String> words) {
        Complaints complaints = new Complaints("arguments");
        List<NodeTuple> tuples = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (equals <= 0) {
                complaints.at(i + 1, 1, "'" + word + "' is not of the form key=value");
            } else {
                tuples.add(new NodeTuple(
                        scalar(word.substring(0, equals), i, 0), scalar(word.substring(equals + 1), i, equals + 1)));
            }
        }
        complaints.raise();
        Set<String> keys = InjectionReader.KEYS.stream()
                .filter(key -> !key.equals("nodes"))
                .collect(Collectors.toUnmodifiableSet());
        Section section = new Section(
                "an injection",
                new MappingNode(Tag.MAP, true, tuples, mark(0, 0), null, FlowStyle.FLOW),
                keys,
                complaints);
        InjectionArguments arguments =
                new InjectionArguments(InjectionReader.read(section, id, Map.of()), section.duration("for", USUAL));
        complaints.raise();
        return arguments;
    }

    private static ScalarNode scalar(String text, int line, int column) {
        return new ScalarNode(Tag.STR, text, mark(line, column), null, ScalarStyle.PLAIN);
    }

    private static Mark mark(int line, int column) {
        return new Mark("arguments", 0, line, column, new int[0], 0);
    }
}
