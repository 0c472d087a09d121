package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One block of a drill file. Every read that finds something wrong complains once and gives the fallback, so that
 * reading goes on; nobody uses the result if there was a complaint.
 */
final class Section {
    private final String name;
    private final Mark mark;
    private final Complaints complaints;
    private final Map<String, Node> values = new LinkedHashMap<>();
    /** Something may stand here under a wrong name, so that nobody should also be told that it is missing. */
    private boolean misspelt;

    private Section(String name, Mark mark, Complaints complaints) {
        this.name = name;
        this.mark = mark;
        this.complaints = complaints;
    }

    /** @param name for messages, such as {@code users}; empty for the file itself */
    Section(String name, Node node, Set<String> keys, Complaints complaints) {
        this.name = name;
        this.mark = node.getStartMark();
        this.complaints = complaints;
        if (!(node instanceof MappingNode mapping)) {
            complaints.at(
                    mark,
                    subject() + " must be a block of keys"
                            + (keys.isEmpty() ? "" : " (" + Complaints.list(keys) + ")"));
            misspelt = true;
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Mark at = tuple.getKeyNode().getStartMark();
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!keys.isEmpty() && !keys.contains(key)) {
                misspelt = true;
                complaints.at(at, "unknown key '" + key + "' in " + subject() + Complaints.suggestion(key, keys));
            } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                complaints.at(at, "'" + key + "' stands twice in " + subject());
            }
        }
    }

    /** The same block, for a look ahead whose complaints nobody needs. */
    Section quietly() {
        Section quiet = new Section(name, mark, new Complaints(""));
        quiet.values.putAll(values);
        return quiet;
    }

    /** In the order of the file. */
    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether the key's value is this word. */
    boolean is(String key, String word) {
        return values.get(key) instanceof ScalarNode scalar && scalar.getValue().equals(word);
    }

    boolean hasBlock(String key) {
        return values.get(key) instanceof MappingNode;
    }

    boolean hasList(String key) {
        return values.get(key) instanceof SequenceNode;
    }

    Mark mark() {
        return mark;
    }

    /** Where the key's value stands, or the block itself if it is not there. */
    Mark mark(String key) {
        return has(key) ? values.get(key).getStartMark() : mark;
    }

    void complain(String key, String sentence) {
        complaints.at(mark(key), sentence);
    }

    /** Complains if the key is missing. */
    Section need(String... keys) {
        for (String key : keys) {
            if (!has(key) && !misspelt) {
                complaints.at(mark, subject() + " needs '" + key + "'");
            }
        }
        return this;
    }

    String text(String key, String fallback) {
        return read(key, "a text", fallback, scalar -> Optional.of(scalar.getValue()));
    }

    boolean flag(String key) {
        return read(key, "true or false", false, scalar -> switch (scalar.getValue()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    long whole(String key, long fallback, long least, long most) {
        String wanted = "a whole number"
                + (most == Long.MAX_VALUE
                        ? least == Long.MIN_VALUE ? "" : " of at least " + least
                        : " from " + least + " to " + most);
        return read(key, wanted, fallback, scalar -> {
            try {
                long value = Long.decode(scalar.getValue());
                return value < least || value > most ? Optional.empty() : Optional.of(value);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    Duration duration(String key, Duration fallback) {
        return read(
                key,
                "a duration with its unit, such as 250ms, 2s or 30m",
                fallback,
                s -> Quantity.duration(s.getValue()));
    }

    /** Forwards, or with a minus backwards. */
    Duration offset(String key, Duration fallback) {
        return read(
                key,
                "a duration with its unit, such as 1h, or -1h for behind",
                fallback,
                s -> Quantity.offset(s.getValue()));
    }

    long bytes(String key, long fallback) {
        return read(key, "a size with its unit, such as 64 B or 4 KiB", fallback, s -> Quantity.bytes(s.getValue()));
    }

    /** Per second. */
    long byteRate(String key, long fallback) {
        return read(key, "a size per second, such as 64 KiB/s", fallback, s -> Quantity.byteRate(s.getValue()));
    }

    /** Per second. */
    double rate(String key, double fallback) {
        return read(key, "a rate with its unit, such as 2/s or 30/m", fallback, s -> Quantity.rate(s.getValue()));
    }

    double share(String key, double fallback) {
        return read(key, "a share, such as 0.02 or 2%", fallback, s -> Quantity.share(s.getValue()));
    }

    <T> T choice(String key, Map<String, T> choices, T fallback) {
        if (!(values.get(key) instanceof ScalarNode scalar)) {
            return read(key, "one of " + Complaints.list(choices.keySet()), fallback, s -> Optional.empty());
        }
        T choice = choices.get(scalar.getValue());
        if (choice == null) {
            complain(
                    key,
                    "unknown " + key + " '" + scalar.getValue() + "'"
                            + Complaints.suggestion(scalar.getValue(), choices.keySet()));
        }
        return choice == null ? fallback : choice;
    }

    /** A list of texts, or one text that is split at white space. */
    List<String> words(String key, List<String> fallback) {
        Node node = values.get(key);
        if (node instanceof ScalarNode scalar && !isNull(scalar)) {
            return List.of(scalar.getValue().strip().split("\\s+"));
        }
        return texts(key, fallback);
    }

    List<String> texts(String key, List<String> fallback) {
        Node node = values.get(key);
        if (node == null) {
            return fallback;
        }
        if (!(node instanceof SequenceNode sequence)) {
            complain(key, "'" + key + "' must be a list of texts");
            return fallback;
        }
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof ScalarNode scalar && !isNull(scalar)) {
                texts.add(scalar.getValue());
            } else {
                complaints.at(item.getStartMark(), "an item of '" + key + "' must be a text");
            }
        }
        return List.copyOf(texts);
    }

    /** A list of names of which each must be known. */
    List<String> names(String key, String kind, Set<String> known) {
        List<String> names = texts(key, List.of());
        if (values.get(key) instanceof SequenceNode sequence
                && sequence.getValue().size() == names.size()) {
            for (int i = 0; i < names.size(); i++) {
                if (!known.contains(names.get(i))) {
                    complaints.at(
                            sequence.getValue().get(i).getStartMark(),
                            "unknown " + kind + " '" + names.get(i) + "'" + Complaints.suggestion(names.get(i), known));
                }
            }
        }
        return names;
    }

    Map<String, String> environment(String key) {
        if (!has(key)) {
            return Map.of();
        }
        Section block = section(key, Set.of());
        Map<String, String> variables = new LinkedHashMap<>();
        block.values.keySet().forEach(variable -> variables.put(variable, block.text(variable, "")));
        return Map.copyOf(variables);
    }

    Section section(String key, Set<String> keys) {
        Node node = values.get(key);
        return new Section(key, node, keys, complaints);
    }

    List<Section> sections(String key, String itemName, Set<String> keys) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            complain(key, "'" + key + "' must be a list");
            return List.of();
        }
        return sequence.getValue().stream()
                .map(item -> new Section(itemName, item, keys, complaints))
                .toList();
    }

    private <T> T read(String key, String wanted, T fallback, Function<ScalarNode, Optional<T>> parse) {
        Node node = values.get(key);
        if (node == null) {
            return fallback;
        }
        if (node instanceof ScalarNode scalar && !isNull(scalar)) {
            Optional<T> value = parse.apply(scalar);
            if (value.isEmpty()) {
                complain(key, "'" + key + "' must be " + wanted + ", not '" + scalar.getValue() + "'");
            }
            return value.orElse(fallback);
        }
        complain(key, "'" + key + "' must be " + wanted);
        return fallback;
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL);
    }

    private String subject() {
        return name.isEmpty() ? "the drill" : name;
    }
}
