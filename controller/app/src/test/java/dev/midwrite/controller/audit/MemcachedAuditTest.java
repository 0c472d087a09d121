package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.nodes.Programs;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.OwnStore;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.MemcachedStore;
import dev.midwrite.controller.store.StoreServer;
import dev.midwrite.event.SessionHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of two real memcached servers; skipped where the program is not installed. */
class MemcachedAuditTest {
    private static final byte[] KEY = {1, 2, 3};

    @TempDir
    Path directory;

    private final Reaper reaper = Reaper.install();
    private final SessionHash hash = new SessionHash(KEY);
    private StoreServer store;

    @BeforeEach
    void start() {
        assumeThat(Programs.find("memcached"))
                .as("memcached is not installed; Debian's package memcached brings it")
                .isPresent();
        store = StoreServer.start(
                new StoreSpec(
                        StoreSpec.MEMCACHED,
                        StoreSpec.EMBEDDED,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OwnStore(Map.of("memory-limit", "16"), 0, 0, OwnStore.DOWN_AFTER, 2)),
                directory,
                reaper);
    }

    @AfterEach
    void stop() {
        if (store != null) {
            store.close();
        }
        reaper.close();
    }

    @Test
    void readsSessionsAndTheCopiesOfThoseThatAreGone() throws IOException {
        set(0, "before-n1", 60);
        StoreAudit audit = StoreAudit.of(store, KEY);
        audit.begin();
        set(0, "one-n1", 600);
        set(0, "validity:one-n1", 600);
        set(0, "lock:one-n1", 5);
        set(1, "bak:one-n1", 300);
        set(1, "bak:validity:one-n1", 300);
        set(1, "immortal+%-n2", 0);
        set(1, "bak:gone-n1", 100);
        StoreContents contents = audit.read(List.of(), () -> 7);
        assertThat(contents.doubt()).isEmpty();
        assertThat(contents.places())
                .containsExactlyElementsOf(servers().servers().stream()
                        .map(server -> "{id} at 127.0.0.1:" + server.getPort())
                        .toList());
        assertThat(contents.sessions())
                .extracting(StoredSession::idHash)
                .containsExactlyInAnyOrder(hash.of("one-n1"), hash.of("immortal+%-n2"), hash.of("gone-n1"))
                .isSorted();
        assertThat(contents.sessions()).allMatch(session -> session.layout() == Layout.OTHER);
        assertThat(left(contents, "one-n1")).isBetween(590_000L, 601_000L);
        assertThat(left(contents, "immortal+%-n2")).isEqualTo(Lifetime.NONE);
        assertThat(left(contents, "gone-n1")).isBetween(90_000L, 101_000L);
    }

    @Test
    void aServerThatDoesNotAnswerLeavesDoubtAndItsFirstIsWhatIsBroken() throws Exception {
        StoreAudit audit = StoreAudit.of(store, KEY);
        audit.begin();
        set(0, "one-n1", 60);
        set(1, "two-n2", 60);
        assertThat(store.version()).startsWith("memcached 1.");
        assertThat(store.statistics()).containsEntry("servers", "2 of 2").containsEntry("keys", "2");
        assertThat(store.placeholders())
                .containsEntry("store.servers", servers().toString())
                .containsEntry("store.2.host", "127.0.0.1")
                .containsEntry("store.port", store.placeholders().get("store.1.port"));
        assertThat(act(StoreAction.KILL)).isEqualTo("was killed, the first of its 2 servers");
        assertThat(store.control().orElseThrow().up()).isFalse();
        assertThat(store.statistics()).containsEntry("servers", "1 of 2").containsEntry("keys", "1");
        StoreContents contents = audit.read(List.of(), () -> 7);
        assertThat(contents.doubt())
                .startsWith("The store audit cannot read memcached at 127.0.0.1:"
                        + store.placeholders().get("store.port"));
        assertThat(contents.sessions()).extracting(StoredSession::idHash).containsExactly(hash.of("two-n2"));
        assertThat(act(StoreAction.START)).isEqualTo("was started again, the first of its 2 servers");
        set(0, "three-n1", 60);
        assertThat(act(StoreAction.FLUSH)).isEqualTo("was flushed");
        assertThat(audit.read(List.of(), () -> 7).sessions()).isEmpty();
    }

    private String act(StoreAction action) throws InterruptedException {
        return store.control().orElseThrow().act(action, Duration.ZERO, 0);
    }

    private MemcachedStore servers() {
        return (MemcachedStore) store.backend();
    }

    private long left(StoreContents contents, String id) {
        return contents.sessions().stream()
                .filter(session -> session.idHash() == hash.of(id))
                .mapToLong(session -> session.lifetime().ttlMillis())
                .findFirst()
                .orElseThrow();
    }

    /** @param seconds to live; 0 for ever */
    private void set(int server, String key, int seconds) throws IOException {

        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                servers().servers().get(server).getPort())) {
            socket.getOutputStream()
                    .write(("set " + key + " 0 " + seconds + " 1\r\nx\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine())
                    .isEqualTo("STORED");
        }
    }
}
