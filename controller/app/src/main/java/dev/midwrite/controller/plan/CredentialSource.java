package dev.midwrite.controller.plan;

import java.util.Map;

/**
 * Where users' names and passwords come from. A drill holds none: it is copied into bundles.
 *
 * @param csv file with a line of names first, below the drill's directory; empty if there is none
 * @param environment variables by the names that the flow uses
 */
public record CredentialSource(String csv, Map<String, String> environment) {
    public static final CredentialSource NONE = new CredentialSource("", Map.of());

    public boolean isNone() {
        return csv.isEmpty() && environment.isEmpty();
    }
}
