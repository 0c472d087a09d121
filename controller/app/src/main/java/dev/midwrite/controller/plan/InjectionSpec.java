package dev.midwrite.controller.plan;

import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.time.Duration;
import java.util.List;

/**
 * A fault, where it strikes, and how often.
 *
 * @param point kind or name of a point
 * @param edge where in the operation
 * @param step for STEP and INSIDE: which step, from 1
 * @param command for STEP and INSIDE: only a step with this command; empty for any
 * @param onlyNew only the first save of a new session
 * @param onlyDirty only saves with changed attributes
 * @param sessionShare share of sessions, 0 to 1; 1 is all
 * @param probability of each passage, 0 to 1
 * @param every n-th passage of a session; 1 is each
 * @param after so many passages of a session
 * @param atMost so often per node; 0 is no limit
 * @param peers only what goes to these other nodes or comes from them, as host:port; empty for any
 * @param delay for {@code delay} and {@code lag}; for {@code clock} how far ahead, negative for behind
 * @param bytes for {@code tear}: how many bytes leave; 0 to use {@code share}; for {@code throttle}: per second
 * @param share for {@code tear}: share of the command's bytes that leave; for {@code pressure}: of the heap that is in use
 * @param error for {@code error}: class name of the exception; empty for the point's default
 */
public record InjectionSpec(
        int id,
        FaultKind fault,
        String point,
        Edge edge,
        int step,
        String command,
        boolean onlyNew,
        boolean onlyDirty,
        double sessionShare,
        double probability,
        int every,
        int after,
        int atMost,
        List<String> peers,
        Duration delay,
        long bytes,
        double share,
        String error) {}
