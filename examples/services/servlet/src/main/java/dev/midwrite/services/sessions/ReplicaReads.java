package dev.midwrite.services.sessions;

import io.lettuce.core.ReadFrom;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Writes go to the primary, and all that only reads goes to its replica, however far behind that is. */
@Configuration(proxyBeanMethods = false)
@Profile("replica-reads")
class ReplicaReads {
    @Bean
    LettuceConnectionFactory redisConnectionFactory(
            @Value("${spring.data.redis.host}") String primaryHost,
            @Value("${spring.data.redis.port}") int primaryPort,
            @Value("${service.replica.host}") String replicaHost,
            @Value("${service.replica.port}") int replicaPort) {
        RedisStaticMasterReplicaConfiguration servers =
                new RedisStaticMasterReplicaConfiguration(primaryHost, primaryPort);
        servers.addNode(replicaHost, replicaPort);
        return new LettuceConnectionFactory(
                servers,
                LettuceClientConfiguration.builder().readFrom(ReadFrom.REPLICA).build());
    }
}
