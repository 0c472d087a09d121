package dev.midwrite.controller.report;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.TracesReader;
import dev.midwrite.controller.plan.TracesSpec;
import dev.midwrite.event.UserOperation;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Which trace each operation belongs to, and where a reader finds it.
 *
 * @param ids of 32 hexadecimal digits; empty for an operation without a trace
 * @param url with {@link TracesSpec#PLACE} in the place of the id; empty if nobody said
 */
public record TraceLinks(Function<UserOperation, Optional<String>> ids, String url) {
    /** No operation has a trace. */
    public static final TraceLinks NONE = new TraceLinks(operation -> Optional.empty(), "");

    /** Where traces are found, if a drill does not say. */
    public static final String VARIABLE = "MIDWRITE_TRACE_URL";

    /**
     * For a person who is about to start something.
     *
     * @param environment from a variable's name to its value, or null
     * @throws Problem if the environment names what is no address
     */
    public static void require(UnaryOperator<String> environment) {
        String given = given(environment);
        if (!given.isEmpty() && !TracesReader.isTemplate(given)) {
            throw new Problem(
                    VARIABLE + " must be an http address with " + TracesSpec.PLACE + " in it, not '" + given + "'.");
        }
    }

    /**
     * Where traces are found. What the environment names and is no address gives no links; no verdict depends on it.
     *
     * @param drill what the drill says; empty for nothing
     * @param environment from a variable's name to its value, or null
     */
    public static String url(String drill, UnaryOperator<String> environment) {
        String given = given(environment);
        return drill.isEmpty() && TracesReader.isTemplate(given) ? given : drill;
    }

    private static String given(UnaryOperator<String> environment) {
        String given = environment.apply(VARIABLE);
        return given == null ? "" : given;
    }

    /** Empty if there is none. */
    String id(UserOperation operation) {
        return ids.apply(operation).orElse("");
    }

    /** Of a trace that {@link #id} names; empty if nobody said where. */
    String address(String id) {
        return id.isEmpty() ? "" : url.replace(TracesSpec.PLACE, id);
    }
}
