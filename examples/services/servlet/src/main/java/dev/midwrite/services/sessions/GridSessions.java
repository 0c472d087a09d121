package dev.midwrite.services.sessions;

import com.hazelcast.config.AttributeConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.hazelcast.HazelcastIndexedSessionRepository;
import org.springframework.session.hazelcast.HazelcastSessionSerializer;
import org.springframework.session.hazelcast.PrincipalNameExtractor;

/** Sessions in a Hazelcast grid whose members are the nodes themselves. */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
@Profile("grid")
class GridSessions {
    private static final String MAP = "sessions";
    private static final int MEMBERS = 4;

    /**
     * @param grid a number that the members of one grid share and that no other grid on this machine has
     * @param backups how many other members have each session; whoever saves one waits for them
     */
    @Bean(destroyMethod = "shutdown")
    HazelcastInstance hazelcast(@Value("${service.grid}") int grid, @Value("${service.backups:1}") int backups) {
        Config config = new Config();
        config.setClusterName("grid-" + grid);
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        // Each grid has ports of its own: those who look for members at another grid's ports may not find their own.
        int first = 10_000 + grid % 2_000 * 10;
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(first).setPortAutoIncrement(true).setPortCount(MEMBERS);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        for (int i = 0; i < MEMBERS; i++) {
            join.getTcpIpConfig().addMember("127.0.0.1:" + (first + i));
        }
        config.getSerializationConfig()
                .addSerializerConfig(new SerializerConfig()
                        .setImplementation(new HazelcastSessionSerializer())
                        .setTypeClass(MapSession.class));
        config.getMapConfig(MAP)
                .setBackupCount(backups)
                .addAttributeConfig(new AttributeConfig(
                        HazelcastIndexedSessionRepository.PRINCIPAL_NAME_ATTRIBUTE,
                        PrincipalNameExtractor.class.getName()));
        return Hazelcast.newHazelcastInstance(config);
    }

    /** Saves what has changed. */
    @Bean
    @ConditionalOnProperty(name = "service.save", havingValue = "changes", matchIfMissing = true)
    SessionRepository<?> changes(
            HazelcastInstance hazelcast, @Value("${server.servlet.session.timeout}") Duration ttl) {
        HazelcastIndexedSessionRepository repository = new HazelcastIndexedSessionRepository(hazelcast);
        repository.setSessionMapName(MAP);
        repository.setDefaultMaxInactiveInterval(ttl);
        return repository;
    }

    /** Saves the whole session whenever something in it has changed. */
    @Bean
    @ConditionalOnProperty(name = "service.save", havingValue = "whole")
    SessionRepository<?> whole(HazelcastInstance hazelcast, @Value("${server.servlet.session.timeout}") Duration ttl) {
        MapSessionRepository repository = new MapSessionRepository(hazelcast.getMap(MAP));
        repository.setDefaultMaxInactiveInterval(ttl);
        return repository;
    }
}
