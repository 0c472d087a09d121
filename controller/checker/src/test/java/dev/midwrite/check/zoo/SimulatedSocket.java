package dev.midwrite.check.zoo;

import dev.midwrite.check.fleet.WebSocketCheck;
import dev.midwrite.check.fleet.WebSocketCheck.Close;
import dev.midwrite.check.fleet.WebSocketCheck.Delivery;
import dev.midwrite.check.fleet.WebSocketCheck.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation that is closed half-way by a draining node, and resumed on another one.
 *
 * @param sent how many messages
 * @param victim the message that the bug strikes: neither the first nor one of the last two
 */
record SimulatedSocket(long session, int sent, int victim, FleetBug bug) {
    private static final long STEP = 10 * SimulatedFleet.MILLI;
    private static final long DEADLINE = 1000 * SimulatedFleet.MILLI;

    /** What one end sent and the other got; the last message was under way when the connection closed, and is lost. */
    Stream stream() {
        long resumeBy = STEP * (sent + 10L);
        boolean skips = bug == FleetBug.SOCKET_SKIPS;
        List<Delivery> delivered = new ArrayList<>();
        for (int number = 1; number < sent; number++) {
            boolean struck = number == victim;
            if (struck && (skips || bug == FleetBug.SOCKET_LOSES_WHAT_WAS_CONFIRMED)) {
                continue;
            }
            boolean late = number == sent - 1 && bug == FleetBug.SOCKET_RESUMES_TOO_LATE;
            delivered.add(new Delivery(number, late ? resumeBy + SimulatedFleet.ERROR + 1 : STEP * number));
            if (struck && bug == FleetBug.SOCKET_REPEATS) {
                delivered.add(new Delivery(number, STEP * number + 1));
            }
        }
        if (bug == FleetBug.SOCKET_SWAPS) {
            delivered.add(victim, delivered.remove(victim - 1));
        }
        return new Stream(session, sent, skips ? victim - 1L : sent - 1L, resumeBy, 2 * resumeBy, delivered);
    }

    Close close() {
        boolean never = bug == FleetBug.SOCKET_IS_NEVER_CLOSED;
        long at = never
                ? WebSocketCheck.NEVER
                : bug == FleetBug.SOCKET_CLOSES_LATE ? DEADLINE + SimulatedFleet.ERROR + 1 : DEADLINE / 2;
        int code = bug == FleetBug.SOCKET_BREAKS_WHILE_DRAINING ? 1006 : WebSocketCheck.GOING_AWAY;
        return new Close(session, never ? 0 : code, WebSocketCheck.GOING_AWAY, at, true, DEADLINE);
    }
}
