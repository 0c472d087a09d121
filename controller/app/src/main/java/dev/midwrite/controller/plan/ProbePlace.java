package dev.midwrite.controller.plan;

/**
 * Where users find the probe of a service.
 *
 * @param carried the nodes' agents answer in the place of a page; else the service mounts the endpoints
 * @param path of that page, or the prefix of the endpoints, such as {@code /probe}
 */
public record ProbePlace(boolean carried, String path) {
    /** There is none: users have requests of the application's own. */
    public static final ProbePlace NONE = new ProbePlace(false, "");

    public boolean none() {
        return path.isEmpty();
    }

    public static ProbePlace mounted(String prefix) {
        return new ProbePlace(false, prefix);
    }
}
