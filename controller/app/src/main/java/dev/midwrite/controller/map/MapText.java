package dev.midwrite.controller.map;

import dev.midwrite.controller.audit.SessionLocation;
import dev.midwrite.controller.map.NodeMap.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link NodeMap} as lines for people. */
public final class MapText {
    /** Of the sequences of commands of one operation; what is rarer is counted together. */
    private static final int MOST_SEQUENCES = 3;

    private final List<String> lines = new ArrayList<>();

    private MapText() {}

    public static List<String> of(NodeMap map) {
        MapText text = new MapText();
        text.draw(map);
        return List.copyOf(text.lines);
    }

    private void draw(NodeMap map) {
        lines.add(map.node() + ", " + (map.starts() == 1 ? "one start" : map.starts() + " starts"));
        section("sessions", List.of(map.kept()));
        section("keys", map.places().stream().map(MapText::words).toList());
        section(
                "commands",
                commands(map.operations().stream().filter(MapText::asksItsStore).toList()));
        section(
                "other nodes",
                map.peers().stream()
                        .map(each -> String.format(
                                Locale.ROOT,
                                "%s %s  %,d times  %s",
                                each.sent() ? "to  " : "from",
                                each.peer().isEmpty() ? "unnamed" : each.peer(),
                                each.count(),
                                each.words()))
                        .toList());
        section(
                "points",
                map.passages().stream()
                        .map(each -> String.format(
                                Locale.ROOT, "%-16s %-46s %,10d", each.kind(), each.point(), each.count()))
                        .toList());
        section("hooks", map.hooks());
        section("shutdown", map.phases().isEmpty() ? List.of() : List.of(String.join(", then ", map.phases())));
    }

    /** What never asks one, such as a change of the session object, stands among the points. */
    private static boolean asksItsStore(Commands operation) {
        return !operation.commands().isEmpty() || operation.times() < operation.of();
    }

    private static List<String> commands(List<Commands> operations) {
        List<String> texts = new ArrayList<>();
        String point = "";
        int shown = 0;
        long rest = 0;
        for (Commands each : operations) {
            if (!each.point().equals(point)) {
                addRest(texts, point, rest);
                point = each.point();
                shown = 0;
                rest = 0;
            }
            if (shown++ < MOST_SEQUENCES) {
                texts.add(String.format(
                        Locale.ROOT,
                        "%s  %s  %,d of %,d",
                        point,
                        each.commands().isEmpty() ? "none" : String.join(" ", each.commands()),
                        each.times(),
                        each.of()));
            } else {
                rest += each.times();
            }
        }
        addRest(texts, point, rest);
        return texts;
    }

    private static void addRest(List<String> texts, String point, long rest) {
        if (rest > 0) {
            texts.add(String.format(Locale.ROOT, "%s  others  %,d", point, rest));
        }
    }

    private static String words(SessionLocation place) {
        return place.shape()
                + (place.address().isEmpty() ? "" : " at " + place.address())
                + (place.database().isEmpty()
                        ? ""
                        : ", database " + place.database().getAsInt());
    }

    private void section(String head, List<String> texts) {
        String left = head;
        for (String text : texts) {
            lines.add(String.format(Locale.ROOT, "  %-12s %s", left, text).stripTrailing());
            left = "";
        }
    }
}
