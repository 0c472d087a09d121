package dev.midwrite.controller.nodes;

import java.time.Instant;
import java.util.Optional;

/**
 * What a cluster says of one pod. Instants are by its clock, in whole seconds.
 *
 * @param address its IP address, as soon as it has one
 * @param readySince empty if it is not ready
 * @param endpoint what the endpoint slices say of it
 * @param asked when its end was asked for; the signal comes when its preStop hook is over, of which nobody tells
 * @param restarts of its containers
 * @param ended how a container of it ended last, in words; empty if none has, or it is not known
 * @param obstacle why it is not ready, in words; empty if it is, or it is not known
 * @param gone it is in the cluster no more, or has ended for good
 */
public record PodState(
        String name,
        Instant created,
        Optional<String> address,
        Optional<Instant> readySince,
        Endpoint endpoint,
        Optional<Instant> asked,
        int restarts,
        String ended,
        String obstacle,
        boolean gone) {

    /** The best that any slice says. */
    public enum Endpoint {
        /** In none: no request is routed there that knows of it. */
        ABSENT,
        /** It stays there while it ends, if it was ready; proxies route to it only if there is no other. */
        TERMINATING,
        /** It is there, and requests are not to be routed to it. */
        NOT_READY,
        READY
    }

    boolean ready() {
        return readySince.isPresent() && !gone;
    }

    /** Its end was asked for. */
    boolean ending() {
        return asked.isPresent() || gone;
    }
}
