package dev.midwrite.controller.sweep;

import dev.midwrite.controller.history.OperationSteps.Sequence;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.event.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where in an operation something is to happen.
 *
 * @param edge before the operation, after one of its steps, inside one, or after it and before its request is answered
 * @param step from 1; 0 at the operation's own edges
 * @param command of that step; empty at the operation's own edges
 */
public record Position(SessionOperation operation, Edge edge, int step, String command) {
    /** What drills can name; of a statement's text they name the number only. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

    /**
     * All positions of an operation, in the order of time. After the last step is after the operation, and stands there once.
     *
     * @param inside also inside each step, where bytes are cut
     * @param saved the commands of an ordinary save: what a change of id has beside them is how it is told apart
     */
    public static List<Position> of(SessionOperation operation, Sequence sequence, boolean inside, List<String> saved) {
        if (operation == SessionOperation.RENAME) {
            return renaming(sequence, inside, saved);
        }
        List<Position> positions = new ArrayList<>();
        positions.add(new Position(operation, Edge.BEFORE, 0, ""));
        int steps = sequence.commands().size();
        for (int step = 1; step <= steps; step++) {
            String command = sequence.commands().get(step - 1);
            if (inside) {
                positions.add(new Position(operation, Edge.INSIDE, step, command));
            }
            if (step < steps) {
                positions.add(new Position(operation, Edge.STEP, step, command));
            }
        }
        positions.add(new Position(operation, Edge.AFTER, 0, ""));
        return List.copyOf(positions);
    }

    private static List<Position> renaming(Sequence sequence, boolean inside, List<String> saved) {
        List<Position> positions = new ArrayList<>();
        for (int step = 1; step <= sequence.commands().size(); step++) {
            String command = sequence.commands().get(step - 1);
            if (!saved.contains(command) && WORD.matcher(command).matches()) {
                if (inside) {
                    positions.add(new Position(SessionOperation.RENAME, Edge.INSIDE, step, command));
                }
                positions.add(new Position(SessionOperation.RENAME, Edge.STEP, step, command));
            }
        }
        return List.copyOf(positions);
    }

    /** Such as "after step 2, HMSET". */
    public String words() {
        return switch (edge) {
            case BEFORE -> "before";
            case INSIDE -> "inside " + stepWords();
            case AFTER -> "after, before the answer";
            default -> "after " + stepWords();
        };
    }

    private String stepWords() {
        return "step " + step + (command.isEmpty() ? "" : ", " + command);
    }

    /** The keys of an injection there, for a timeline; inside a step its bytes are cut and the node dies. */
    String injection(SweptFault swept) {
        return (edge == Edge.INSIDE ? "fault: tear, share: 50%" : swept.keys()) + ", " + place();
    }

    /** The keys of any injection there, but for its fault. */
    String place() {
        String at = switch (edge) {
            case BEFORE -> "edge: before";
            case INSIDE -> "edge: inside" + stepKeys();
            case AFTER -> "edge: after";
            default -> "edge: after-step" + stepKeys();
        };
        String which = switch (operation) {
            case CREATE -> "point: session.save, new: true";
            // The first save of a session on a node may be that of a new one.
            case SAVE -> "point: session.save, dirty: true, after: 1";
            case RENAME -> "point: session.save";
            case DELETE -> "point: session.delete";
        };
        return which + ", " + at;
    }

    private String stepKeys() {
        String named = WORD.matcher(command).matches() ? ", command: \"" + command + "\"" : "";
        // A save with a change of id has other steps before it than one without.
        return operation == SessionOperation.RENAME && !named.isEmpty() ? named : ", step: " + step + named;
    }
}
