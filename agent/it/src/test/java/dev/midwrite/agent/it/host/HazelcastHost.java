package dev.midwrite.agent.it.host;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;

/**
 * A member of a Hazelcast cluster with Spring Session over one of its maps, driven by lines; answers each with "ok", a
 * value, or "error" and the exception. Says "ready" once all members are there and hold what is theirs.
 *
 * <p>Arguments: how many backups a map has, then the ports of all members, its own first; or {@code client} and the port of one, to be
 * no member but ask that one's cluster.
 */
public final class HazelcastHost {
    private static final String MAP = "sessions";

    private final HazelcastInstance member;
    private final MapSessionRepository repository;
    private final IMap<String, Session> map;
    private final Map<String, MapSession> sessions = new HashMap<>();

    private HazelcastHost(HazelcastInstance member) {
        this.member = member;
        this.map = member.getMap(MAP);
        this.repository = new MapSessionRepository(map);
    }

    public static void main(String[] args) throws Exception {
        boolean isClient = args[0].equals("client");
        HazelcastInstance member = isClient ? client(args[1]) : Hazelcast.newHazelcastInstance(config(args));
        HazelcastHost host = new HazelcastHost(member);
        if (!isClient) {
            host.awaitMembers(args.length - 1);
        }
        System.out.println("ready");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(host.answer(line.split(" ")));
            }
        }
        member.getLifecycleService().terminate();
    }

    private static HazelcastInstance client(String port) {
        ClientConfig config = new ClientConfig().setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().addAddress("127.0.0.1:" + port);
        return HazelcastClient.newHazelcastClient(config);
    }

    private static Config config(String[] args) {
        Config config = new Config()
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.partition.count", "7")
                .setProperty("hazelcast.operation.thread.count", "2")
                .setProperty("hazelcast.operation.backup.timeout.millis", "100")
                .setProperty("hazelcast.partition.backup.sync.interval", "3600") // What is lost here stays lost.
                .setProperty("hazelcast.max.no.heartbeat.seconds", "600");
        config.addMapConfig(new MapConfig(MAP).setBackupCount(Integer.parseInt(args[0])));
        config.getNetworkConfig().setPort(Integer.parseInt(args[1])).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        for (int i = 1; i < args.length; i++) {
            join.getTcpIpConfig().addMember("127.0.0.1:" + args[i]);
        }
        return config;
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
            case "expire" -> map.setTtl(words[1], Integer.parseInt(words[2]), TimeUnit.SECONDS);
            case "members" -> awaitMembers(Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "ok";
    }

    /** So many are there, each entry has an owner among them, and whatever can be copied is. */
    private void awaitMembers(int count) {
        Awaitility.await()
                .forever()
                .until(() -> member.getCluster().getMembers().size() == count);
        int unused = map.size(); // Nobody owns anything before something is asked for.
        Awaitility.await().forever().until(() -> member.getPartitionService().isClusterSafe());
    }

    private boolean owns(String id) {
        return member.getPartitionService().getPartition(id).getOwner().localMember();
    }
}
