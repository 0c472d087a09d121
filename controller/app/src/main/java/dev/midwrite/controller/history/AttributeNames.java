package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Attributes of which journals hold no more than a keyed hash, and the names that the application has called them by. */
final class AttributeNames {
    private final Map<Long, String> words = new HashMap<>();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<Long> hashes = new ArrayList<>();
    private final int first;

    /** @param first number that is free */
    AttributeNames(JournalIndex journals, int first) {
        this.first = first;
        for (long request : journals.requests()) {
            for (Entry entry : journals.ofRequest(request)) {
                if (Passage.beginsSet(entry) && entry.event().digest() != 0) {
                    words.putIfAbsent(entry.event().digest(), entry.text());
                }
            }
        }
    }

    /** The number that operations carry. */
    int number(long hash) {
        return numbers.computeIfAbsent(hash, each -> {
            hashes.add(each);
            return first + hashes.size() - 1;
        });
    }

    long hash(int number) {
        return hashes.get(number - first);
    }

    /** By number, from the first on. */
    List<String> all() {
        return hashes.stream().map(this::name).toList();
    }

    private String name(long hash) {
        String digits = String.format(Locale.ROOT, "%016x", hash);
        return words.containsKey(hash) ? "attribute " + words.get(hash) + " (" + digits + ")" : "attribute " + digits;
    }
}
