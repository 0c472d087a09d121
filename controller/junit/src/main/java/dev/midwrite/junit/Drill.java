package dev.midwrite.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the drills of a class run against: nodes, their store and their users. Values are those of a drill file, with their
 * units ({@code 250ms}, {@code 2/s}), and are validated as such; an empty one is not given. Exactly one of {@link #main},
 * {@link #jar} and {@link #command} says what a node is. Each {@link DrillTest} starts and stops all of it for itself.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DrillExtension.class)
public @interface Drill {

    /** Class with the service's {@code main}; it runs in JVMs of its own, with the class path of the tests. */
    Class<?> main() default void.class;

    /** Jar of the service, from the directory in which the tests run. */
    String jar() default "";

    /** What starts a node: one text that is split at white space, or its words; with placeholders such as {@code {agent}}. */
    String[] command() default {};

    /** Arguments of {@link #main} or {@link #jar}, with placeholders such as {@code {port}} and {@code {store.port}}. */
    String[] arguments() default {};

    /** Options of the JVM of {@link #main} or {@link #jar}, such as {@code -Xmx256m}. */
    String[] jvm() default {};

    /** Further variables of a node, each as {@code NAME=value}. */
    String[] environment() default {};

    /** How many nodes: {@code node-1}, {@code node-2} and so on. */
    int nodes() default 2;

    /** Path that answers 2xx when a node is ready; if not given, any answer of {@link #page}, of a mounted probe {@code /}. */
    String ready() default "";

    /** How long a start may take. */
    String readyTimeout() default "60s";

    /** Where the probe is mounted; {@code agent} if the agent is to carry it. */
    String probe() default "agent";

    /** Of a probe that the agent carries: the page in whose place it answers. */
    String page() default "";

    /** Kind of the store: {@code redis}, {@code jdbc} or {@code memcached}. */
    String store() default "redis";

    /** Of the store: {@code embedded} for one of the drill's own, else {@code host:port}, of a database its URL. */
    String address() default "embedded";

    /** Where the store keeps the sessions, if nodes do not say. */
    String namespace() default "";

    /** Where a session may be read: {@code cluster}, or {@code node} with sessions that live in the memory of one. */
    String scope() default "cluster";

    /** What the store promises: {@code strong}, {@code session} or {@code eventual}. */
    String profile() default "session";

    /** Sessions that begin at the start. */
    int sessions() default 20;

    /** New sessions while the timeline runs, such as {@code 2/s}. */
    String arrivals() default "";

    /** Requests of one session. */
    String rate() default "2/s";

    /** What a session does in its turn. */
    String[] workloads() default {"register", "list"};

    /** {@code sticky}, {@code round-robin} or {@code cross}. */
    String routing() default "sticky";

    /** How long users wait for one answer. */
    String timeout() default "2s";

    /** The maximum inactive interval of the service's sessions. */
    String ttl() default "";

    /**
     * The header in which the service gives a session's id and takes it back, such as {@code X-Auth-Token}; if not given, a
     * cookie holds it.
     */
    String sessionHeader() default "";

    /** How long users work before the timeline begins. */
    String warmup() default "2s";

    /** How long users work from the timeline's begin. */
    String duration() default "10s";

    /** From the last request to the reads in the end. */
    String settle() default "2s";

    /** The same seed repeats what users do and what faults decide. */
    long seed() default 1;
}
