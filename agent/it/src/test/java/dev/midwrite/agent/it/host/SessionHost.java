package dev.midwrite.agent.it.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.redisson.config.Config;
import org.redisson.spring.data.connection.RedissonConnectionFactory;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.StringRedisSerializer;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/**
 * Spring Session over Lettuce, Jedis or Redisson, driven by lines; answers each with "ok", a value, or "error" and the exception.
 *
 * <p>Arguments: Redis' port, and the client (lettuce if there is none).
 */
public final class SessionHost {
    private final SessionRepository<Session> repository;
    private final Map<String, Session> sessions = new HashMap<>();

    private final Map<String, Function<String[], String>> more;

    private SessionHost(SessionRepository<Session> repository, Map<String, Function<String[], String>> more) {
        this.repository = repository;
        this.more = more;
    }

    public static void main(String[] args) throws Exception {
        RedisStandaloneConfiguration redis = new RedisStandaloneConfiguration("127.0.0.1", Integer.parseInt(args[0]));
        String client = args.length > 1 ? args[1] : "lettuce";
        RedisConnectionFactory connections = switch (client) {
            case "jedis" -> overJedis(redis);
            case "redisson" -> overRedisson(args[0]);
            default -> overLettuce(redis);
        };
        serve(repository(connections), SelfView.answers());
        ((DisposableBean) connections).destroy();
    }

    /**
     * Until there are no more lines.
     *
     * @param more what else it answers, by the line's first word
     */
    static void serve(SessionRepository<Session> repository, Map<String, Function<String[], String>> more)
            throws IOException {
        SessionHost host = new SessionHost(repository, more);
        System.out.println("ready");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(host.answer(line.split(" ")));
            }
        }
    }

    private static RedisConnectionFactory overLettuce(RedisStandaloneConfiguration redis) {
        LettuceConnectionFactory connections = new LettuceConnectionFactory(redis);
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    private static RedisConnectionFactory overJedis(RedisStandaloneConfiguration redis) {
        JedisConnectionFactory connections = new JedisConnectionFactory(redis);
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    private static RedisConnectionFactory overRedisson(String port) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF); // Its output is its answers.
        Config config = new Config();
        config.useSingleServer().setAddress("redis://127.0.0.1:" + port).setConnectionMinimumIdleSize(1);
        RedissonConnectionFactory connections = new RedissonConnectionFactory(config);
        connections.afterPropertiesSet();
        return connections;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static SessionRepository<Session> repository(RedisConnectionFactory connections) {
        RedisTemplate<String, Object> template = new RedisTemplate<>();
        template.setConnectionFactory(connections);
        template.setKeySerializer(new StringRedisSerializer());
        template.setHashKeySerializer(new StringRedisSerializer());
        template.afterPropertiesSet();
        return (SessionRepository) new RedisSessionRepository(template);
    }

    private String answer(String[] words) {
        long start = System.nanoTime();
        try {
            String answer = act(words);
            return answer + " " + (System.nanoTime() - start);
        } catch (RuntimeException e) {
            return "error " + e.getClass().getName() + ": " + e.getMessage();
        }
    }

    private String act(String[] words) {
        switch (words[0]) {
            case "new" -> {
                Session session = repository.createSession();
                sessions.put(words[1], session);
                return session.getId();
            }
            case "set" -> sessions.get(words[1]).setAttribute(words[2], words[3]);
            case "remove" -> sessions.get(words[1]).removeAttribute(words[2]);
            case "save" -> repository.save(sessions.get(words[1]));
            case "rename" -> {
                return sessions.get(words[1]).changeSessionId();
            }
            case "read" -> {
                Session session = repository.findById(words[1]);
                return session == null
                        ? "absent"
                        : session.<Object>getAttribute(words[2]).toString();
            }
            case "delete" -> repository.deleteById(words[1]);
            case "exit" -> System.exit(Integer.parseInt(words[1]));
            default -> {
                return more.get(words[0]).apply(words);
            }
        }
        return "ok";
    }
}
