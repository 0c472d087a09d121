package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.InfinispanHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.SessionHash;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Kept;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Spring Session over a cache of a real Infinispan cluster, recorded and broken by the shipped agent. */
@Tag("long")
class InfinispanIT {
    private static final int HALTED = 137;
    private static final long AN_HOUR = 3_600_000_000_000L;
    private static final String OWNED = "OPERATION infinispan.TriangleDistributionInterceptor.sendToBackups";
    private static final String APPLY = "OPERATION infinispan.AsyncInterceptorChain.invokeAsync";

    @TempDir
    Path directory;

    private final List<FakeController> controllers = new ArrayList<>();
    private final List<HostJvm> members = new ArrayList<>();
    /** Of the form that drills take for a peer. */
    private final List<String> names = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(HostJvm::close);
        controllers.forEach(FakeController::close);
    }

    @EachJdk
    void aSaveIsTiedByItsKeyToItsOwnerAndItsBackup(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        HostJvm here = members.get(0);
        String id = here.ask("new a theirs");
        here.ask("set a x before");
        assertThat(here.ask("save a")).isEqualTo("ok");
        long session =
                record(0, "OPERATION spring.SessionRepository.save AFTER").session();
        EventRecord owned = record(1, OWNED + " AFTER");
        assertThat(owned.session()).isEqualTo(session);
        EventRecord sent = record(1, "OPERATION infinispan.JGroupsTransport.send BEFORE 1 message");
        assertThat(sent.scope()).isEqualTo(owned.scope());
        assertThat(peer(1, sent)).isEqualTo(names.get(0));
        EventRecord applied = record(0, APPLY + " BEFORE Backup changes");
        assertThat(applied.session()).isEqualTo(session);
        assertThat(peer(0, applied)).isEqualTo(names.get(1));
        whatTheCacheHoldsIsToldByEachMember(id);
        anOwnerWhoseBackupFailsDoesNotChangeItsOwnCopy();
        aBackupThatLagsIsOlderUntilItHasCaughtUp();
        aBackupThatIsCutOffIsAcknowledgedAndLostWithItsOwner();
    }

    /** Each member tells of its own copy, whoever is the owner. */
    private void whatTheCacheHoldsIsToldByEachMember(String id) {
        long hash = new SessionHash(FakeController.SESSION_KEY).of(id);
        List<List<Kept>> told =
                List.of(controllers.get(0).look(1, ""), controllers.get(1).look(2, "sessions"));
        for (List<Kept> kept : told) {
            assertThat(kept).singleElement().satisfies(cache -> {
                assertThat(cache.getMap()).isEqualTo("sessions");
                assertThat(cache.getProblem()).isEmpty();
                assertThat(cache.getSessionsList()).containsExactly(hash);
                assertThat(cache.getLeftMillisList()).containsExactly(-1L);
            });
        }
        assertThat(told.get(0).get(0).getFamiliar()).isTrue();
        members.get(0).ask("expire " + id + " 600");
        assertThat(controllers.get(1).look(3, "sessions").get(0).getLeftMillis(0))
                .isBetween(1L, 601_000L);
        assertThat(controllers.get(1).look(4, "none of them")).isEmpty();
    }

    private void anOwnerWhoseBackupFailsDoesNotChangeItsOwnCopy() {
        HostJvm owner = members.get(0);
        String id = owner.ask("new e mine");
        owner.ask("set e x before");
        owner.ask("save e");
        controllers.get(1).inject(injection(6, "error", "replica.apply", Edge.BEFORE));
        owner.ask("set e x after");
        assertThat(owner.ask("save e")).startsWith("error ");
        assertThat(owner.ask("read " + id + " x")).isEqualTo("before");
        controllers.get(1).lift(6);
        controllers.get(1).awaitLifted(6);
    }

    private void aBackupThatLagsIsOlderUntilItHasCaughtUp() {
        HostJvm owner = members.get(0);
        String id = owner.ask("new b mine");
        owner.ask("set b x before");
        owner.ask("save b");
        controllers
                .get(1)
                .inject(injection(8, "lag", "replica.apply", Edge.BEFORE).setAmount(AN_HOUR));
        owner.ask("set b x after");
        assertThat(owner.ask("save b")).isEqualTo("ok");
        fault(1, FaultKind.LAG);
        assertThat(owner.ask("read " + id + " x")).isEqualTo("after");
        assertThat(members.get(1).ask("read " + id + " x")).isEqualTo("before");
        controllers.get(1).lift(8);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> members.get(1).ask("read " + id + " x").equals("after"));
    }

    private void aBackupThatIsCutOffIsAcknowledgedAndLostWithItsOwner() throws IOException {
        HostJvm owner = members.get(0);
        String dropped = owner.ask("new c mine");
        owner.ask("set c x before");
        owner.ask("save c");
        String cut = owner.ask("new d mine");
        owner.ask("set d x before");
        owner.ask("save d");
        controllers
                .get(1)
                .inject(injection(9, "partition", "replica.apply", Edge.BEFORE).addPeers(names.get(0)));
        owner.ask("set c x after");
        assertThat(owner.ask("save c")).isEqualTo("ok");
        fault(1, FaultKind.PARTITION);
        assertThat(owner.ask("read " + dropped + " x")).isEqualTo("after");
        controllers.get(1).lift(9);
        controllers.get(1).awaitLifted(9);
        controllers.get(0).inject(injection(7, "crash", "store.commit", Edge.BEFORE));
        owner.ask("set d x after");
        owner.tell("save d");
        assertThat(owner.exitCode()).isEqualTo(HALTED);
        assertThat(Journals.lastRecord(directory.resolve("0")).outcome()).isEqualTo(FaultKind.CRASH.code());
        members.get(1).ask("members 1");
        assertThat(members.get(1).ask("read " + dropped + " x"))
                .as("acknowledged, and gone with its owner")
                .isEqualTo("before");
        assertThat(members.get(1).ask("read " + cut + " x"))
                .as("nobody had it yet")
                .isEqualTo("before");
    }

    /** As the journal names it. */
    private String peer(int member, EventRecord record) {
        return controllers.get(member).records().stream()
                .filter(name -> name.type() == EventType.NAME && name.point() == record.peer())
                .map(name -> new String(name.payload(), java.nio.charset.StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private EventRecord record(int member, String line) {
        FakeController controller = controllers.get(member);
        return controller.awaitRecord(record -> controller.line(record).equals(line));
    }

    private void fault(int member, FaultKind fault) {
        controllers
                .get(member)
                .awaitRecord(record -> record.type() == EventType.FAULT && record.outcome() == fault.code());
    }

    private void start(Jdks.Jdk jdk) throws IOException {
        List<Integer> ports = ports(2);
        ports.forEach(port -> names.add("127.0.0.1:" + port));
        for (int i = 0; i < 2; i++) {
            FakeController controller = new FakeController();
            controllers.add(controller);
            members.add(HostJvm.of(jdk, InfinispanHost.class)
                    .agent("node=n" + i + ",controller=" + controller.address() + ",journal="
                            + directory.resolve(Integer.toString(i)))
                    .option("-Djava.net.preferIPv4Stack=true")
                    .option("-XX:+UseSerialGC")
                    .argument(names.get(i))
                    .argument(directory)
                    .argument(ports.get(i))
                    .argument(ports.get(1 - i))
                    .start());
        }
        for (HostJvm member : members) {
            assertThat(member.nextLine()).isEqualTo("ready");
        }
        controllers.forEach(FakeController::record);
    }

    private static List<Integer> ports(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(free);
            ports.add(free.getLocalPort());
        }
        for (ServerSocket each : held) {
            each.close();
        }
        return ports;
    }

    private static Injection.Builder injection(int id, String fault, String point, Edge edge) {
        return Injection.newBuilder().setId(id).setFault(fault).setPoint(point).setEdge(edge);
    }
}
