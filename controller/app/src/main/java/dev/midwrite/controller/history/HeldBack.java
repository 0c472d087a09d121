package dev.midwrite.controller.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What kept an injection from operations at its point, as its node counted it; and in a sentence for people. */
final class HeldBack {
    private static final String EDGE = "edge";
    /** In the order in which they are told; {@code %d} is how many operations. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("new", "'new: true' was false for %d");
        WORDS.put("dirty", "'dirty: true' was false for %d");
        WORDS.put("sessions", "%d were of sessions that it does not name");
        WORDS.put("share", "%d were of sessions outside its share");
        WORDS.put("step", "%d were at another step");
        WORDS.put("command", "%d had another command or name");
        WORDS.put("peer", "%d went to another peer");
        WORDS.put("after", "'after' let %d pass");
        WORDS.put("every", "'every' let %d pass");
        WORDS.put("probability", "'probability' let %d pass");
        WORDS.put("at-most", "'at-most' had been reached before %d");
        WORDS.put("rate", "the host's policy permitted no more at a time and let %d pass");
        WORDS.put("unlabelled", "%d were of sessions without a label, which the host's policy spares");
        WORDS.put("lease", "%d came when its time or lease was over");
        WORDS.put("taken", "%d met another injection's fault, or were on a thread that must not wait");
        WORDS.put("spared", "%d were announced and not done");
    }

    private final Map<String, Long> counts = new LinkedHashMap<>();

    /** @param lines as {@link dev.midwrite.event.EventType#HELD_BACK} says; what is no such line is left out */
    void add(String lines) {
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            String number = line.substring(equals + 1);
            if (equals > 0
                    && !number.isEmpty()
                    && number.length() < 18
                    && number.chars().allMatch(Character::isDigit)) {
                counts.merge(line.substring(0, equals), Long.parseLong(number), Long::sum);
            }
        });
    }

    /** Without a full stop; empty if nothing is known. */
    String sentence() {
        List<String> parts = new ArrayList<>();
        WORDS.forEach((word, text) -> {
            if (counts.containsKey(word)) {
                parts.add(String.format(text, counts.get(word)));
            }
        });
        // Each operation passes edges that were not asked for; only if nothing else did, that is the reason.
        if (parts.isEmpty() && counts.containsKey(EDGE)) {
            parts.add("operations passed its point, and none came to its edge");
        }
        return String.join("; ", parts);
    }
}
