package dev.midwrite.controller.curve;

import dev.midwrite.controller.history.NodeStart;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What users met at a node that had just started, and what it asked its store meanwhile.
 *
 * @param sessions that came to it within {@link NodeStart#WINDOW_NANOS}
 * @param half how long until half of these had come, in nanoseconds
 * @param first p95 of each session's first attempt there, in nanoseconds; {@link UserOperation#NEVER} if so many had no answer
 * @param further p95 of the others, likewise; 0 if there was none
 * @param herd commands that it sent its store in its first second
 * @param usual commands a second in the second half of the window
 */
public record StartFigures(NodeStart start, long sessions, long half, long first, long further, long herd, long usual) {
    private static final double SHARE = 0.95;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LATER = NodeStart.WINDOW_NANOS / 2;

    /** @param commands when each node asked its store something, in order of time; in order of time is the result, too */
    static List<StartFigures> of(List<NodeStart> starts, Map<String, long[]> commands) {
        return starts.stream()
                .sorted(Comparator.comparingLong(NodeStart::at))
                .map(start -> of(start, commands.getOrDefault(start.node(), new long[0])))
                .toList();
    }

    private static StartFigures of(NodeStart start, long[] commands) {
        List<UserOperation> firsts = start.firsts();
        long at = start.at();
        return new StartFigures(
                start,
                firsts.size(),
                firsts.get((firsts.size() - 1) / 2).invoked() - at,
                Ranks.at(firsts, SHARE),
                Ranks.at(start.others(), SHARE),
                between(commands, at, at + SECOND),
                between(commands, at + LATER, at + NodeStart.WINDOW_NANOS) * SECOND / (NodeStart.WINDOW_NANOS - LATER));
    }

    /** Of times in order, from the first moment until before the second. */
    private static long between(long[] times, long from, long to) {
        return place(times, to) - place(times, from);
    }

    /** How many are earlier. */
    private static long place(long[] times, long moment) {
        int found = Arrays.binarySearch(times, moment);
        int place = found < 0 ? -found - 1 : found;
        while (place > 0 && times[place - 1] == moment) {
            place--;
        }
        return place;
    }
}
