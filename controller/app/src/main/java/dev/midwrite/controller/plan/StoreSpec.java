package dev.midwrite.controller.plan;

/**
 * Where sessions are stored.
 *
 * @param kind such as {@code redis}; decides the audit
 * @param address {@code embedded} to have a real server started and stopped by the drill, else {@code host:port}
 */
public record StoreSpec(String kind, String address) {
    public static final String EMBEDDED = "embedded";

    public boolean embedded() {
        return EMBEDDED.equals(address);
    }
}
