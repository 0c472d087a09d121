package dev.midwrite.controller.plan;

import dev.midwrite.check.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Synthetic users, or whoever else uses the service.
 *
 * @param sessions how many sessions start at the beginning
 * @param arrivals new sessions per second while the timeline runs
 * @param rate requests per second of one session; planned send times, so a slow answer delays no plan
 * @param workloads names; a session runs all of them in turn
 * @param routing how a request chooses its node
 * @param timeout of one attempt
 * @param retries further attempts after an indeterminate one or a refused one
 * @param duration how long users run; the timeline must fit in
 * @param ttl the application's maximum inactive interval; {@link #NEVER} if its sessions never end by themselves
 * @param ttlNamed the drill says so; else it is a guess
 * @param warmup how long users run before time 0 of the timeline
 * @param tlsTerminated users come over https, and a proxy speaks http to the nodes
 * @param sessionHeader in which the application gives a session's id and takes it back; empty if cookies hold it
 * @param parallel how many requests of one session may be under way at a time; they are sent together
 * @param loginsAlone whether a login, a logout or a change of id meets no other request of its session
 * @param login answers that mean that the session is not there
 * @param flow what they do beside the probe's operations
 * @param finalReads how long the reads after quiescence may take, all together
 * @param sockets that sessions hold beside their requests
 * @param foreign if the load is somebody else's: then there are none of these users
 * @param through what stands between them and the nodes
 */
public record UsersSpec(
        int sessions,
        double arrivals,
        double rate,
        List<String> workloads,
        Routing routing,
        Duration timeout,
        int retries,
        Duration duration,
        Duration ttl,
        boolean ttlNamed,
        Duration warmup,
        boolean tlsTerminated,
        String sessionHeader,
        int parallel,
        boolean loginsAlone,
        List<LoginAnswer> login,
        Duration finalReads,
        FlowSpec flow,
        List<SocketSpec> sockets,
        Optional<ForeignSpec> foreign,
        Through through) {

    /** One request at a time, no login in front of the application, no flow. */
    public UsersSpec(
            int sessions,
            double arrivals,
            double rate,
            List<String> workloads,
            Routing routing,
            Duration timeout,
            int retries,
            Duration duration,
            Duration ttl,
            boolean ttlNamed,
            Duration warmup,
            boolean tlsTerminated) {
        this(
                sessions,
                arrivals,
                rate,
                workloads,
                routing,
                timeout,
                retries,
                duration,
                ttl,
                ttlNamed,
                warmup,
                tlsTerminated,
                "",
                1,
                false,
                List.of(),
                timeToRead(sessions),
                FlowSpec.NONE,
                List.of(),
                Optional.empty(),
                Through.NOTHING);
    }

    /** What final reads of so many sessions may take if a drill does not say: much more than they need on a sound node. */
    static Duration timeToRead(int sessions) {
        return Duration.ofSeconds(30).plusMillis(10L * sessions);
    }

    /** Sessions that never end by themselves, on purpose. */
    public static final Duration NEVER = Duration.ofNanos(Trial.NEVER);

    /** What stands between users and nodes. */
    public enum Through {
        /** Users choose nodes as a load balancer would. */
        NOTHING,
        /** A real nginx, which the run starts. */
        NGINX
    }

    /** How a request chooses its node. */
    public enum Routing {
        /** Always the same node while it is up. */
        STICKY,
        /** The next node each time. */
        ROUND_ROBIN,
        /** Never the node of the request before, if another is up. */
        CROSS
    }
}
