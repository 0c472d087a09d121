package dev.midwrite.controller.run;

import java.lang.System.Logger.Level;
import java.util.List;

/**
 * One sentence that somebody who watches should know, and what it is about.
 *
 * @param node name; empty if it is about none, or several
 * @param trace of the request that it is about, 32 hexadecimal digits; empty for none
 */
public record Note(Level level, String sentence, String node, String trace) {

    /** About nothing that has a name. */
    public static Note of(String sentence) {
        return new Note(Level.INFO, sentence, "", "");
    }

    /** About a node. */
    public static Note of(String sentence, String node) {
        return new Note(Level.INFO, sentence, node, "");
    }

    /** The same, as something that somebody should look at. */
    public Note warning() {
        return new Note(Level.WARNING, sentence, node, trace);
    }

    /** The same, about nodes: of several, none is named. */
    Note about(List<String> nodes) {
        return new Note(level, sentence, nodes.size() == 1 ? nodes.get(0) : "", trace);
    }
}
