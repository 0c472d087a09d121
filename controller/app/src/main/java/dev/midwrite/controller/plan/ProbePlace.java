package dev.midwrite.controller.plan;

/**
 * Where users find the probe of a service.
 *
 * @param carried the nodes' agents answer in the place of a page; else the service mounts the endpoints
 * @param path of that page, or the prefix of the endpoints, such as {@code /probe}
 */
public record ProbePlace(boolean carried, String path) {
    public static ProbePlace mounted(String prefix) {
        return new ProbePlace(false, prefix);
    }
}
