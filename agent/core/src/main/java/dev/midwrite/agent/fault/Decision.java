package dev.midwrite.agent.fault;

import dev.midwrite.event.FaultKind;

/**
 * What happens at a passage.
 *
 * @param injection id of the injection that decided
 * @param amount delay: nanoseconds; clock: nanoseconds ahead; throttle: bytes per second; tear: bytes (0: use {@code share})
 * @param share tear: share of the command's bytes; pressure: of the heap; 0 to 1
 * @param error class name of the exception; empty for the point's default
 * @param again the logical save that was hit before is saved once more: it is the same fault, not another
 */
public record Decision(int injection, FaultKind fault, long amount, double share, String error, boolean again) {}
