package dev.midwrite.agent.point;

import dev.midwrite.agent.fault.Decision;

/** One wire command within an operation. Written by the caller's thread before the command is handed over. */
final class Step extends Token {
    final Operation operation;
    private final int step;
    private final String command;
    /** How to tear the command, decided on the caller's thread; the event loop only carries it out. */
    Decision tear;
    /** Where the tear was selected: the operation's point or the command's own. */
    Place tearPlace;

    Step(Operation operation, int step, String command) {
        super(Place.COMMAND_WRITE);
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
    int step() {
        return step;
    }

    @Override
    String command() {
        return command;
    }
}
