package dev.midwrite.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a call has the session's id, as users write it: {@code 0} (the first argument), {@code 0.getId} (what this method of the
 * first argument returns), {@code this.getId}, {@code result}, {@code result.getId} or {@code none}.
 *
 * @param argument its index, from 0; -1 if it is in no argument
 * @param method without parameters, which returns the id; empty if the object itself is the id
 */
public record SessionIdPlace(Origin origin, int argument, String method) {
    /** Nowhere. */
    public static final SessionIdPlace NONE = new SessionIdPlace(Origin.NONE, -1, "");

    private static final Pattern WRITTEN =
            Pattern.compile("(this|result|[0-9]{1,3})(?:\\.([\\p{L}_$][\\p{L}\\p{N}_$]*))?");

    /** What the id is taken from. */
    public enum Origin {
        NONE,
        ARGUMENT,
        THIS,
        RESULT
    }

    /** What is written so; empty if it means nothing. */
    public static Optional<SessionIdPlace> parse(String text) {
        if (text.equals("none")) {
            return Optional.of(NONE);
        }
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String method = matcher.group(2) == null ? "" : matcher.group(2);
        return switch (matcher.group(1)) {
            // An object that has the points is not an id itself.
            case "this" ->
                method.isEmpty() ? Optional.empty() : Optional.of(new SessionIdPlace(Origin.THIS, -1, method));
            case "result" -> Optional.of(new SessionIdPlace(Origin.RESULT, -1, method));
            default -> Optional.of(new SessionIdPlace(Origin.ARGUMENT, Integer.parseInt(matcher.group(1)), method));
        };
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String from = switch (origin) {
            case NONE -> "none";
            case ARGUMENT -> Integer.toString(argument);
            case THIS -> "this";
            case RESULT -> "result";
        };
        return method.isEmpty() ? from : from.concat(".").concat(method);
    }
}
