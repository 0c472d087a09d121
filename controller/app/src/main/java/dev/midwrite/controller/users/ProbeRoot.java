package dev.midwrite.controller.users;

import dev.midwrite.event.CarriedProbe;
import java.net.URI;
import java.util.Map;

/**
 * The probe of one node.
 *
 * @param uri what its endpoints are mounted below, such as {@code http://127.0.0.1:8081/probe}; or the page in whose
 *     place the agent answers
 * @param secret empty where the probe is mounted
 */
public record ProbeRoot(URI uri, String secret) {

    static ProbeRoot mounted(URI uri) {
        return new ProbeRoot(uri, "");
    }

    public boolean carries() {
        return !secret.isEmpty();
    }

    /**
     * What is asked for an operation.
     *
     * @param operation path below the probe's root, with parameters
     */
    public URI uri(String operation) {
        return carries() ? uri : URI.create(uri + operation);
    }

    /** The page is read, whatever is done in its place: so it passes what protects changes. */
    public String method(String ofOperation) {
        return carries() ? "GET" : ofOperation;
    }

    /** Headers beside those that every request to a probe has. */
    public Map<String, String> headers(String method, String operation) {
        return carries()
                ? Map.of(CarriedProbe.OPERATION_HEADER, method + ' ' + operation, CarriedProbe.SECRET_HEADER, secret)
                : Map.of();
    }
}
