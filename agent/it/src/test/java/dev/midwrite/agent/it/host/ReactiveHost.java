package dev.midwrite.agent.it.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.session.data.redis.ReactiveRedisSessionRepository;
import org.springframework.session.web.server.session.SpringSessionWebSessionStore;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.session.DefaultWebSessionManager;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * WebFlux without Boot, with its sessions in Redis by a reactive repository; says on which port it listens.
 *
 * <p>Argument: Redis' port.
 */
public final class ReactiveHost {
    private ReactiveHost() {}

    public static void main(String[] args) {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
                .setLevel(Level.OFF); // Its output is the port alone.
        DefaultWebSessionManager sessions = new DefaultWebSessionManager();
        sessions.setSessionStore(new SpringSessionWebSessionStore<>(repository(Integer.parseInt(args[0]))));
        ReactorHttpHandlerAdapter adapter = new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(
                        exchange -> exchange.getSession().flatMap(session -> answer(exchange, session)))
                .sessionManager(sessions)
                .build());
        DisposableServer server =
                HttpServer.create().host("127.0.0.1").port(0).handle(adapter).bindNow();
        System.out.println(server.port());
        server.onDispose().block();
    }

    private static ReactiveRedisSessionRepository repository(int port) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port));
        connections.afterPropertiesSet();
        connections.start();
        RedisSerializationContext<String, Object> strings =
                RedisSerializationContext.<String, Object>newSerializationContext(RedisSerializer.string())
                        .value(RedisSerializer.java())
                        .hashKey(RedisSerializer.string())
                        .hashValue(RedisSerializer.java())
                        .build();
        return new ReactiveRedisSessionRepository(new ReactiveRedisTemplate<>(connections, strings));
    }

    /** Sessions as users see them. */
    private static Mono<Void> answer(ServerWebExchange exchange, WebSession session) {
        String name = exchange.getRequest().getQueryParams().getFirst("name");
        String answer = switch (exchange.getRequest().getPath().value()) {
            case "/set" -> {
                session.getAttributes()
                        .put(name, exchange.getRequest().getQueryParams().getFirst("value"));
                yield "ok";
            }
            case "/get" -> String.valueOf(session.<Object>getAttribute(name));
            default -> throw new IllegalArgumentException();
        };
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        return exchange.getResponse()
                .writeWith(Mono.fromSupplier(
                        () -> exchange.getResponse().bufferFactory().wrap(body)));
    }
}
