package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.JdbcHost;
import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What sessions hold, as the client of each store shows it: what a save takes there is what a load brings back. */
class ContentsIT {
    private static final String SAVE = "spring.SessionRepository.save";
    private static final String READ = "spring.SessionRepository.read";

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase h2 = TestDatabase.h2();

    @RegisterExtension
    static final TestDatabase postgres = TestDatabase.postgres();

    @TempDir
    Path directory;

    private final ContentDigest digest = new ContentDigest(FakeController.SESSION_KEY);
    private FakeController controller;
    private HostJvm host;

    @BeforeEach
    void startController() throws IOException {
        controller = new FakeController();
    }

    @AfterEach
    void stop() {
        host.close();
        controller.close();
    }

    @EachJdk
    void overLettuce(Jdks.Jdk jdk) throws IOException {
        whatIsSavedIsWhatIsLoaded(overRedis(jdk, "lettuce"));
    }

    @EachJdk
    void overJedis(Jdks.Jdk jdk) throws IOException {
        whatIsSavedIsWhatIsLoaded(overRedis(jdk, "jedis"));
    }

    @EachJdk
    void overRedisson(Jdks.Jdk jdk) throws IOException {
        whatIsSavedIsWhatIsLoaded(overRedis(jdk, "redisson"));
    }

    @EachJdk
    void inADatabase(Jdks.Jdk jdk) throws IOException {
        whatIsSavedIsWhatIsLoaded(overJdbc(jdk, h2));
    }

    @EachJdk
    void inPostgres(Jdks.Jdk jdk) throws IOException {
        whatIsSavedIsWhatIsLoaded(overJdbc(jdk, postgres));
    }

    private static HostJvm.Builder overRedis(Jdks.Jdk jdk, String client) {
        return HostJvm.of(jdk, SessionHost.class).argument(redis.port()).argument(client);
    }

    private static HostJvm.Builder overJdbc(Jdks.Jdk jdk, TestDatabase database) {
        return HostJvm.of(jdk, JdbcHost.class).argument(database.url()).argument(database.user());
    }

    private void whatIsSavedIsWhatIsLoaded(HostJvm.Builder with) throws IOException {
        host = with.agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        controller.recordContents();
        String id = host.ask("new a").split(" ")[0];
        ask("set a cart one");
        ask("set a user somebody");
        ask("save a");
        assertThat(host.ask("read " + id + " cart")).startsWith("one ");
        ask("set a cart two");
        ask("remove a user");
        ask("save a");
        assertThat(host.ask("read " + id + " cart")).startsWith("two ");
        ask("remove a cart");
        ask("save a");
        ask("new b");
        ask("save b");
        controller.awaitRecord(record ->
                controller.line(record).equals("OPERATION " + SAVE + " AFTER") && record.session() != session(id));
        assertThat(told(SAVE, Edge.BEFORE))
                .containsExactly(
                        Map.of(name("cart"), value("cart", "one"), name("user"), value("user", "somebody")),
                        Map.of(name("cart"), value("cart", "two"), name("user"), EventType.EMPTY),
                        Map.of(name("cart"), EventType.EMPTY));
        assertThat(told(READ, Edge.AFTER))
                .as("what is not there may be said to be empty")
                .containsExactly(
                        Map.of(name("cart"), value("cart", "one"), name("user"), value("user", "somebody")),
                        Map.of(name("cart"), value("cart", "two")));
    }

    private long session(String id) {
        return new dev.midwrite.event.SessionHash(FakeController.SESSION_KEY).of(id);
    }

    private void ask(String line) {
        assertThat(host.ask(line)).doesNotStartWith("error");
    }

    /** Digests by name, of each operation at this point; of loads only those of what is there. */
    private List<Map<Long, Long>> told(String point, Edge edge) {
        Map<Long, Map<Long, Long>> byScope = new LinkedHashMap<>();
        for (EventRecord record : controller.records()) {
            if (record.type() == EventType.CONTENT
                    && record.edge() == edge
                    && controller.pointOf(record).equals(point)) {
                Map<Long, Long> told = ContentDigest.read(record.payload());
                if (edge == Edge.AFTER) {
                    told.values().removeIf(value -> value == EventType.EMPTY);
                }
                byScope.computeIfAbsent(record.scope(), scope -> new LinkedHashMap<>())
                        .putAll(told);
            }
        }
        return List.copyOf(byScope.values());
    }

    private long name(String attribute) {
        return digest.name(attribute);
    }

    /** As Java writes it, which is what these repositories send. */
    private long value(String attribute, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(text);
        }
        return digest.value(name(attribute), ByteBuffer.wrap(bytes.toByteArray()));
    }
}
