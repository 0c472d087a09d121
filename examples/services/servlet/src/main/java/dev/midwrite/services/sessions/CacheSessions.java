package dev.midwrite.services.sessions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.infinispan.Cache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.commons.marshall.JavaSerializationMarshaller;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/** Sessions in a cache of Infinispan whose members are the nodes themselves; each session at two of them. */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
@Profile("infinispan")
class CacheSessions {
    private static final String CACHE = "sessions";
    private static final String HERE = "127.0.0.1";
    private static final int MEMBERS = 4;
    private static final int COPIES = 2;
    /** From a member's port to the one at which others see whether it lives. */
    private static final int WATCHED = 10_000;

    /**
     * @param grid a number that the members of one cluster share and that no other cluster on this machine has
     * @param node its name in the cluster
     * @param members so many there must be before any serves
     */
    @Bean(destroyMethod = "stop")
    DefaultCacheManager member(
            @Value("${service.grid}") int grid,
            @Value("${service.node}") String node,
            @Value("${service.members}") int members)
            throws IOException {
        GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
        // Ports of its own, below those that the system gives to whoever asks for any.
        int first = 12_000 + grid % 1_000 * 10;
        global.transport()
                .clusterName("cluster-" + grid)
                .nodeName(node)
                .initialClusterSize(members)
                .initialClusterTimeout(2, TimeUnit.MINUTES)
                .addProperty("configurationXml", transport(first));
        global.serialization()
                .marshaller(new JavaSerializationMarshaller())
                .allowList()
                .addRegexps("org\\.springframework\\.session\\..*", "java\\..*", "dev\\.midwrite\\..*");
        global.globalState().disable();
        return new DefaultCacheManager(global.build());
    }

    /** Infinispan's own way over TCP, with members that are named instead of found. */
    private static String transport(int first) throws IOException {
        System.setProperty("jgroups.bind.address", HERE);
        System.setProperty("jgroups.bind.port", Integer.toString(first));
        System.setProperty("jgroups.port_range", Integer.toString(MEMBERS - 1));
        System.setProperty("jgroups.fd.port-offset", Integer.toString(WATCHED));
        String members = IntStream.range(first, first + MEMBERS)
                .mapToObj(port -> HERE + "[" + port + "]")
                .collect(Collectors.joining(","));
        try (InputStream from = DefaultCacheManager.class.getResourceAsStream(
                "/org/infinispan/configuration/default-jgroups-tcp.xml")) {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?s)<MPING.*?/>", "<TCPPING port_range=\"0\" initial_hosts=\"" + members + "\"/>");
        }
    }

    @Bean
    SessionRepository<?> sessions(
            DefaultCacheManager member, @Value("${server.servlet.session.timeout}") Duration ttl) {
        ConfigurationBuilder cache = new ConfigurationBuilder();
        cache.clustering().cacheMode(CacheMode.DIST_SYNC).hash().numOwners(COPIES);
        cache.encoding().mediaType(MediaType.APPLICATION_OBJECT_TYPE);
        // The repository saves a session with each request, and its life begins anew with that.
        cache.expiration().lifespan(ttl.toSeconds(), TimeUnit.SECONDS);
        member.defineConfiguration(CACHE, cache.build());
        Cache<String, Session> sessions = member.getCache(CACHE);
        MapSessionRepository repository = new MapSessionRepository(sessions);
        repository.setDefaultMaxInactiveInterval(ttl);
        return repository;
    }
}
