package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.SessionDirectory;
import dev.midwrite.controller.store.StoreServer;
import dev.midwrite.event.SessionHash;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.session.FileStore;
import org.apache.catalina.session.PersistentManager;
import org.apache.catalina.session.StandardSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of files that Tomcat's own store wrote, and of such as Jetty writes. */
class FilesAuditTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final int HOUR = 3_600;

    @TempDir
    Path run;

    private final Reaper reaper = Reaper.install();
    private final SessionHash hash = new SessionHash(KEY);
    private StoreServer store;
    private Path directory;
    private StoreAudit audit;

    /** An application's class, which an audit must never load. */
    private static final class Basket implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(java.io.ObjectInputStream in) {
            throw new AssertionError("the audit has made an object of the application's");
        }
    }

    @BeforeEach
    void start() {
        store = StoreServer.start(new StoreSpec("files", StoreSpec.EMBEDDED), run, reaper);
        directory = ((SessionDirectory) store.backend()).directory();
        audit = StoreAudit.of(store, KEY);
    }

    @AfterEach
    void stop() {
        store.close();
        reaper.close();
    }

    @Test
    void readsWhatTomcatWroteAndLeavesWhatWasThereBefore() throws IOException {
        tomcat(directory, "old", HOUR, "a", "b");
        audit.begin();
        tomcat(directory, "one", HOUR, "a", "b");
        tomcat(directory, "immortal", -1, "a", "b");
        tomcat(directory.resolve("node-1"), "own", HOUR, "a", new Basket());
        Files.writeString(directory.resolve("log.txt"), "no session");
        StoreContents contents = read();
        assertThat(contents.doubt()).isEmpty();
        assertThat(contents.places()).containsExactly("files in " + directory);
        assertThat(contents.sessions())
                .extracting(StoredSession::idHash)
                .containsExactlyInAnyOrder(hash.of("one"), hash.of("immortal"), hash.of("own"))
                .isSorted();
        StoredSession one = session(contents, "one");
        assertThat(one.layout()).isEqualTo(Layout.SPRING);
        assertThat(one.missing()).isEmpty();
        assertThat(one.lifetime().intervalSeconds()).isEqualTo(HOUR);
        assertThat(one.lifetime().ttlMillis()).isBetween(1L, TimeUnit.SECONDS.toMillis(HOUR));
        assertThat(session(contents, "immortal").lifetime().ttlMillis()).isEqualTo(Lifetime.NONE);
        assertThat(session(contents, "own").missing()).isEmpty();
        assertThat(store.statistics()).containsEntry("keys", "5");
    }

    @Test
    void readsWhatJettyWrites() throws IOException {
        long end = System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(HOUR);
        jetty("one", end, TimeUnit.SECONDS.toMillis(HOUR));
        jetty("immortal", 0, -1);
        StoreContents contents = read();
        Lifetime one = session(contents, "one").lifetime();
        assertThat(one.intervalSeconds()).isEqualTo(HOUR);
        assertThat(one.ttlMillis()).isBetween(1L, TimeUnit.SECONDS.toMillis(HOUR));
        assertThat(session(contents, "immortal").lifetime().ttlMillis()).isEqualTo(Lifetime.NONE);
        assertThat(contents.sessions())
                .allSatisfy(session -> assertThat(session.missing()).isEmpty());
    }

    /** Wherever it is cut: what the JDK's classes tell goes to the end. */
    @Test
    void aFileThatWasCutCannotBeRead() throws IOException {
        tomcat(directory, "one", HOUR, "a", "b");
        Path file = directory.resolve("one.session");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 100, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
            assertThat(session(read(), "one").missing())
                    .as(length + " bytes of " + whole.length)
                    .containsExactly("readable end");
        }
    }

    @Test
    void aFileOfJettyThatWasCutCannotBeRead() throws IOException {
        Path file = jetty("one", System.currentTimeMillis(), 1_000);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, 40}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
            assertThat(session(read(), "one").missing()).as(length + " bytes").containsExactly("readable end");
        }
    }

    @Test
    void readsWhereNodesSayThatTheyWrite() throws IOException {
        Path elsewhere = Files.createDirectories(run.resolve("elsewhere"));
        tomcat(elsewhere, "one", HOUR, "a", "b");
        StoreContents contents = audit.read(
                List.of(
                        new SessionLocation(elsewhere + "/{id}", "", OptionalInt.empty()),
                        new SessionLocation("spring:session:sessions:{id}", "127.0.0.1:6379", OptionalInt.empty())),
                () -> 5);
        assertThat(contents.places()).containsExactlyInAnyOrder("files in " + elsewhere, "files in " + directory);
        assertThat(session(contents, "one").missing()).isEmpty();
    }

    @Test
    void aDirectoryThatIsNotThereIsUnknown() {
        Path nowhere = run.resolve("nowhere");
        try (StoreServer there = StoreServer.start(new StoreSpec("files", nowhere.toString()), run, reaper)) {
            StoreAudit other = StoreAudit.of(there, KEY);
            other.begin();
            assertThat(other.read(List.of(), () -> 5).doubt())
                    .isEqualTo("The store audit cannot read " + nowhere + ": there is no such directory.");
            assertThat(there.statistics()).isEmpty();
        }
    }

    @Test
    void theRunsOwnDirectoryGoesWithIt() throws IOException {
        tomcat(directory, "one", HOUR, "a", "b");
        store.close();
        assertThat(directory).doesNotExist();
    }

    private StoreContents read() {
        return audit.read(List.of(), () -> 5);
    }

    private StoredSession session(StoreContents contents, String id) {
        return contents.sessions().stream()
                .filter(session -> session.idHash() == hash.of(id))
                .findFirst()
                .orElseThrow();
    }

    private static void tomcat(Path directory, String id, int seconds, String name, Object value) throws IOException {
        PersistentManager manager = new PersistentManager();
        manager.setContext(new StandardContext());
        FileStore files = new FileStore();
        files.setDirectory(directory.toString());
        manager.setStore(files);
        StandardSession session = new StandardSession(manager);
        session.setValid(true);
        session.setCreationTime(System.currentTimeMillis());
        session.setMaxInactiveInterval(seconds);
        session.setId(id, false);
        session.setAttribute(name, value, false);
        files.save(session);
    }

    /** As its documents say: the attributes have a stream of their own. */
    private Path jetty(String id, long end, long idle) throws IOException {
        Path file = directory.resolve(end + "__0.0.0.0_" + id);
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (String text : new String[] {id, "", "0.0.0.0", "node0"}) {
                out.writeUTF(text);
            }
            long now = System.currentTimeMillis();
            for (long time : new long[] {now, now, now, 0, end, idle}) {
                out.writeLong(time);
            }
            ObjectOutputStream attributes = new ObjectOutputStream(out);
            attributes.writeInt(0);
            attributes.flush();
        }
        return file;
    }
}
