package dev.midwrite.controller.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What was done to files of a run since they were taken down.
 *
 * @param known they were taken down; if not, nothing can be said
 * @param edits such as {@code run.json was changed}, without full stops; empty if nothing that counts was done
 * @param strays files that came later, and that nobody reads
 */
public record Edits(boolean known, List<String> edits, List<String> strays) {
    /** It is of an earlier version or of a run that was broken off, or somebody took the list away. */
    public static final Edits UNKNOWN = new Edits(false, List.of(), List.of());
    /** Of a run that has ended this moment. */
    public static final Edits NONE = new Edits(true, List.of(), List.of());

    private static final int NAMED = 5;

    /** Whether what lies there is not what the run left. */
    public boolean edited() {
        return !edits.isEmpty();
    }

    /** For a verdict; empty if nothing was edited. */
    public String sentence() {
        return edited() ? "The bundle was edited after its run: " + some(edits) + "." : "";
    }

    /** What a reader should know, though no verdict rests on it. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (!known) {
            words.add("The bundle has no evidence.sha256, so nobody can tell whether it was edited. Runs that were"
                    + " broken off have none, and so have bundles of earlier versions.");
        }
        if (!strays.isEmpty()) {
            words.add("Not of the run, and not read: " + some(strays) + ".");
        }
        return List.copyOf(words);
    }

    private static String some(List<String> all) {
        String some = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? some + ", and " + (all.size() - NAMED) + " more" : some;
    }
}
