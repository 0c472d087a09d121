package dev.midwrite.agent.library;

import dev.midwrite.agent.point.Library;
import java.util.List;

/** The list of libraries. Points are numbered in its order. */
public final class Libraries {

    private Libraries() {}

    /** New ones at each call: a library belongs to one catalogue. */
    public static List<Library> all() {
        return List.of(
                new SpringSession(),
                new SpringLifecycle(),
                new Lettuce(),
                new Tomcat(),
                new Jvm(),
                new Jedis(),
                new Jdbc(),
                new TomcatSessions(),
                new Files(),
                new TomcatCluster(),
                new JettySessions(),
                new WebFlux(),
                new Hazelcast(),
                new Redisson(),
                new Infinispan(),
                new Memcached(),
                new Servlets(),
                new Undertow(),
                new Jetty());
    }
}
