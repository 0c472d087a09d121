package dev.midwrite.controller.history;

import dev.midwrite.check.Replacement;
import java.util.List;

/**
 * What became of the nodes' processes. Times are nanoseconds on the users' clock.
 *
 * @param starts how often nodes were started here and became ready
 * @param exits in the order in which they were seen
 * @param outOfMemory starts whose log says that memory ran out, and that did not end by it
 * @param replacements by rollouts, in the order in which they ended
 */
public record NodeRuns(
        int starts, List<ExitFacts> exits, List<MemoryFacts> outOfMemory, List<Replacement> replacements) {
    /** Nobody started any, or watched them. */
    public static final NodeRuns NONE = new NodeRuns(0, List.of(), List.of(), List.of());

    /** The same with other exits. */
    public NodeRuns with(List<ExitFacts> others) {
        return new NodeRuns(starts, others, outOfMemory, replacements);
    }

    /**
     * A node's process ended at {@code at}.
     *
     * @param incarnation of its agent; 0 if there was none
     * @param code {@link dev.midwrite.check.Trial.NodeEnd#UNKNOWN_CODE} of a process that was started elsewhere
     * @param asked we stopped or killed it
     * @param lastWords why, as far as code and log say, in sentences; empty if asked
     */
    public record ExitFacts(String node, long incarnation, int code, boolean asked, long at, String lastWords) {}

    /**
     * A node's log said by {@code at} that memory had run out.
     *
     * @param error the JVM's line
     */
    public record MemoryFacts(String node, long at, String error) {}
}
