package dev.midwrite.controller.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Tells what becomes of rollouts, and remembers what the verdict names. Thread-safe. */
final class RolloutNews {
    private final BiConsumer<String, String> teller;
    private final List<String> rolledBack = new CopyOnWriteArrayList<>();

    /** @param teller takes a word or two for the timeline, which may be empty, and a sentence */
    RolloutNews(BiConsumer<String, String> teller) {
        this.teller = teller;
    }

    /** @param label for the timeline; empty if it is not shown there */
    void tell(String label, String sentence) {
        teller.accept(label, sentence);
    }

    void rolledBack(String why) {
        rolledBack.add("Rolled back: " + why);
        tell("rolled back", "Rolled back: " + why);
    }

    /** Each a sentence, in order of time. */
    List<String> allRolledBack() {
        return List.copyOf(rolledBack);
    }
}
