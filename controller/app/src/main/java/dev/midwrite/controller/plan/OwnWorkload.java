package dev.midwrite.controller.plan;

/**
 * Requests of the application's own that write and show values which can be told apart.
 *
 * @param name for people
 * @param kind what the application does with what is written
 * @param write carries {@code {write-id}}, but for a counter
 * @param read shows what was written
 * @param shows where in the answer
 */
public record OwnWorkload(String name, Kind kind, FlowStep write, FlowStep read, Extraction shows) {

    /** What is written is kept as. */
    public enum Kind {
        /** One value, which the next replaces. */
        REGISTER,
        /** A list, to whose end each value is added. */
        LIST,
        /** A number, to which each request adds one. */
        COUNTER
    }
}
