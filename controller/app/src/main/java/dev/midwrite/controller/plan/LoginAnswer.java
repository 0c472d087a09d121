package dev.midwrite.controller.plan;

import java.net.URI;
import java.util.Optional;

/**
 * An answer by which a service says "log in first": what stands before the probe saw no session.
 *
 * @param status such as 401 or 302
 * @param location how the header {@code Location} begins, as a path or as a whole address; empty for any, or none
 */
public record LoginAnswer(int status, String location) {

    /** Reads {@code 401} or {@code 302 /login}; empty if it is neither. */
    public static Optional<LoginAnswer> parse(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        if (!parts[0].matches("[34][0-9]{2}")) {
            return Optional.empty();
        }
        String location = parts.length == 1 ? "" : parts[1];
        boolean address = location.isEmpty() || location.startsWith("/") || location.matches("https?://.*");
        int status = Integer.parseInt(parts[0]);
        // A redirect may lead anywhere; only one to the login says something of the session.
        boolean told = status / 100 == 4 || !location.isEmpty();
        return address && told ? Optional.of(new LoginAnswer(status, location)) : Optional.empty();
    }

    /** @param target the header {@code Location}, empty if there is none */
    public boolean matches(int answered, String target) {
        return answered == status
                && (target.startsWith(location) || path(target).startsWith(location));
    }

    private static String path(String target) {
        try {
            String path = URI.create(target).getRawPath();
            return path == null ? "" : path;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
