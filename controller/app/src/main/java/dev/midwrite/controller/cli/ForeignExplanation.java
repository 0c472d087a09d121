package dev.midwrite.controller.cli;

import dev.midwrite.check.search.Operation;
import dev.midwrite.check.search.SearchResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Why a history of another tool is not linearizable, in the words of its file. */
final class ForeignExplanation {
    private static final int SHOWN = 4;
    private static final int WIDTH = 100;
    private static final String INDENT = "      ";

    private final PrintWriter out;
    private final boolean colour;

    ForeignExplanation(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /**
     * @param key what it is about; empty if the file has only one
     * @param lines of the file
     */
    void print(SearchResult result, Optional<Object> key, List<String> lines) {
        List<Operation> witness = result.witness();
        Operation obstacle = witness.get(witness.size() - 1);
        List<Operation> before = witness.subList(0, witness.size() - 1);
        out.println();
        head("Cannot be placed" + key.map(each -> ", on key " + each).orElse("") + ":");
        operation(obstacle, lines);
        if (before.isEmpty()) {
            head("Nothing had taken effect before it.");
        } else {
            head(
                    before.size() == 1
                            ? "Took effect last before it, in every order:"
                            : "Took effect last before it, one of:");
            before.forEach(each -> operation(each, lines));
        }
        if (!result.open().isEmpty()) {
            head("Open while it ran, and of no help:");
            result.open().stream().limit(SHOWN).forEach(each -> operation(each, lines));
            if (result.open().size() > SHOWN) {
                out.println("  and " + (result.open().size() - SHOWN) + " more");
            }
        }
        head("Why:");
        boolean one = result.placed() == 1;
        wrap(result.placed() + (one ? " operation" : " operations") + " had returned before it. Whatever order "
                + (one ? "it" : "they") + " and the open ones took effect in, none leads to \"" + obstacle.what()
                + "\" by process " + obstacle.process() + ".");
        out.println();
    }

    private void operation(Operation operation, List<String> lines) {
        String end = operation.indeterminate() ? "   (no definite answer)" : "";
        out.println("  process " + operation.process() + ": " + operation.what() + end);
        if (operation.place() > 0 && operation.place() <= lines.size()) {
            out.println(faint(cut(INDENT + "invoked in line " + operation.place() + ": "
                    + lines.get(operation.place() - 1).strip().replace('\t', ' '))));
        }
    }

    private void head(String text) {
        out.println(colour ? "\u001B[1m" + text + "\u001B[0m" : text);
    }

    private String faint(String text) {
        return colour ? "\u001B[2m" + text + "\u001B[0m" : text;
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }

    private void wrap(String text) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        out.println(line);
    }
}
