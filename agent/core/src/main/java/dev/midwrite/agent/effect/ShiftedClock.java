package dev.midwrite.agent.effect;

import dev.midwrite.agent.gate.Gate;

/** A session layer reads another time than it is. */
final class ShiftedClock implements NodeFault {
    private final int point;
    private final long millis;
    private boolean isShifted;

    /** @param millis ahead; negative: behind */
    ShiftedClock(int point, long millis) {
        this.point = point;
        this.millis = millis;
    }

    @Override
    public void keep() {
        if (!isShifted) {
            isShifted = true;
            Gate.shift(point, millis);
        }
    }

    @Override
    public void end() {
        if (isShifted) {
            isShifted = false;
            Gate.shift(point, -millis);
        }
    }
}
