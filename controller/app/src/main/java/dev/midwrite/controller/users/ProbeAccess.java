package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.ProbePlace;
import dev.midwrite.event.CarriedProbe;
import java.net.URI;

/**
 * How users ask the nodes' probes.
 *
 * @param secret see {@link CarriedProbe#secret}; empty where the probe is mounted
 */
public record ProbeAccess(ProbePlace place, String secret) {

    public static ProbeAccess mounted(String prefix) {
        return new ProbeAccess(ProbePlace.mounted(prefix), "");
    }

    /** @param key of this run, which the agents know */
    public static ProbeAccess of(ProbePlace place, byte[] key) {
        return new ProbeAccess(place, place.carried() ? CarriedProbe.secret(key) : "");
    }

    /** @param address of one node, such as {@code http://127.0.0.1:8081} */
    public ProbeRoot at(URI address) {
        return new ProbeRoot(URI.create(address + place.path()), secret);
    }
}
