package dev.midwrite.agent.scope;

import dev.midwrite.agent.point.AttributePlace;
import dev.midwrite.agent.point.Point;
import java.util.concurrent.CompletableFuture;

/** One command within an operation. Written by the caller's thread before the command is handed over. */
public class Step extends Passage {
    public final Operation operation;
    private final int step;
    private final String command;
    /** Where its answer arrives; null if somebody will say so, or no longer of interest. */
    public CompletableFuture<?> reply;
    /** What its caller gets instead of its reply; null for the reply. */
    public Object instead;
    /** Where the rows that it brings have attributes of its session; null if they have none. */
    public AttributePlace.Columns columns;
    /** Its end is journaled: it passes more than one door. */
    public boolean over;

    public Step(Point point, Operation operation, int step, String command) {
        super(point);
        this.operation = operation;
        this.step = step;
        this.command = command;
        session = operation.session;
        scope = operation.scope;
        request = operation.request;
        label = operation.label;
        writeId = operation.writeId;
        isNew = operation.isNew;
        dirty = operation.dirty;
    }

    @Override
    public final int step() {
        return step;
    }

    @Override
    public final String command() {
        return command;
    }
}
