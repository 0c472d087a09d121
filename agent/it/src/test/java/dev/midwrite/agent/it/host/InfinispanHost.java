package dev.midwrite.agent.it.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.infinispan.Cache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.commons.marshall.JavaSerializationMarshaller;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;

/**
 * A member of an Infinispan cluster with Spring Session over one of its caches, each entry at two members; driven by lines, as
 * {@link HazelcastHost} is. Says "ready" once all members are there.
 *
 * <p>Arguments: its name, a directory, then the ports of all members, its own first.
 */
public final class InfinispanHost {
    private static final Logger LOG = Logger.getLogger("org");
    private static final String CACHE = "sessions";

    private final DefaultCacheManager member;
    private final MapSessionRepository repository;
    private final Cache<String, Session> cache;
    private final Map<String, MapSession> sessions = new HashMap<>();

    private InfinispanHost(DefaultCacheManager member) {
        this.member = member;
        this.cache = member.getCache(CACHE);
        this.repository = new MapSessionRepository(cache);
    }

    public static void main(String[] args) throws Exception {
        LOG.setLevel(Level.OFF); // What a test breaks on purpose is nobody's news.
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
                .setLevel(ch.qos.logback.classic.Level.OFF);
        DefaultCacheManager member = member(args);
        InfinispanHost host = new InfinispanHost(member);
        host.awaitMembers(args.length - 2);
        System.out.println("ready");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(host.answer(line.split(" ")));
            }
        }
        member.close();
    }

    private static DefaultCacheManager member(String[] args) throws IOException {
        GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
        global.transport()
                .nodeName(args[0])
                .addProperty("configurationFile", transport(args).toString());
        global.serialization()
                .marshaller(new JavaSerializationMarshaller())
                .allowList()
                .addRegexps(".*");
        global.globalState().disable();
        DefaultCacheManager member = new DefaultCacheManager(global.build());
        ConfigurationBuilder cache = new ConfigurationBuilder();
        cache.clustering().cacheMode(CacheMode.DIST_SYNC).hash().numOwners(2).numSegments(7);
        cache.encoding().mediaType(MediaType.APPLICATION_OBJECT_TYPE);
        member.defineConfiguration(CACHE, cache.build());
        return member;
    }

    /** Infinispan's own, with members that are told instead of found. */
    private static Path transport(String[] args) throws IOException {
        String stack;
        try (InputStream from = DefaultCacheManager.class.getResourceAsStream(
                "/org/infinispan/configuration/default-jgroups-tcp.xml")) {
            stack = new String(from.readAllBytes(), StandardCharsets.UTF_8);
        }
        StringBuilder hosts = new StringBuilder();
        for (int i = 2; i < args.length; i++) {
            hosts.append(i == 2 ? "" : ",").append("127.0.0.1[").append(args[i]).append(']');
        }
        stack = stack.replaceAll(
                "(?s)<MPING.*?/>",
                "<TCPPING port_range=\"0\" initial_hosts=\"" + hosts.toString().replace("$", "") + "\"/>");
        System.setProperty("jgroups.bind.address", "127.0.0.1");
        System.setProperty("jgroups.bind.port", args[2]);
        System.setProperty("jgroups.port_range", "0");
        System.setProperty("jgroups.fd.port-offset", "-20000"); // Ports end before 65,536.
        return Files.writeString(Path.of(args[1], "jgroups-" + args[2] + ".xml"), stack);
    }

    private String answer(String[] words) {
        try {
            return act(words);
        } catch (RuntimeException e) {
            return "error " + e.getClass().getName() + ": " + e.getMessage();
        }
    }

    private String act(String[] words) {
        switch (words[0]) {
            case "new" -> { // Of an id that this member owns, or that it does not.
                MapSession session = repository.createSession();
                while (owns(session.getId()) != words[2].equals("mine")) {
                    session = repository.createSession();
                }
                sessions.put(words[1], session);
                return session.getId();
            }
            case "set" -> sessions.get(words[1]).setAttribute(words[2], words[3]);
            case "save" -> repository.save(sessions.get(words[1]));
            case "read" -> {
                Session session = repository.findById(words[1]);
                return session == null ? "absent" : String.valueOf(session.<Object>getAttribute(words[2]));
            }
            case "expire" -> cache.put(words[1], cache.get(words[1]), Integer.parseInt(words[2]), TimeUnit.SECONDS);
            case "members" -> awaitMembers(Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "ok";
    }

    /** So many are there, and what can be copied is. */
    private void awaitMembers(int count) {
        Awaitility.await()
                .forever()
                .until(() -> member.getMembers().size() == count
                        && topology().getMembers().size() == count
                        && topology().getPendingCH() == null);
    }

    private org.infinispan.topology.CacheTopology topology() {
        return cache.getAdvancedCache().getDistributionManager().getCacheTopology();
    }

    private boolean owns(String id) {
        return cache.getAdvancedCache()
                .getDistributionManager()
                .getCacheTopology()
                .getDistribution(id)
                .isPrimary();
    }
}
