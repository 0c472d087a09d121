package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.HazelcastHost;
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

/** Spring Session over maps of real Hazelcast clusters, recorded and broken by the shipped agent. */
@Tag("long")
class HazelcastIT {
    private static final int HALTED = 137;
    private static final String OWNED = "OPERATION hazelcast.OperationBackupHandler.sendBackups0";
    private static final String SEND = "OPERATION hazelcast.OutboundOperationHandler.send";
    private static final String APPLY = "OPERATION hazelcast.MapOperation.runBackup";

    @TempDir
    Path directory;

    private final List<FakeController> controllers = new ArrayList<>();
    private final List<HostJvm> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(HostJvm::close);
        controllers.forEach(FakeController::close);
    }

    @EachJdk
    void aSaveIsTiedByItsKeyToItsOwnerAndItsBackupWhereADropLosesIt(Jdks.Jdk jdk) throws IOException {
        start(jdk, 2, 1);
        HostJvm here = members.get(0);
        String id = here.ask("new a theirs");
        here.ask("set a x before");
        assertThat(here.ask("save a")).isEqualTo("ok");
        long session =
                record(0, "OPERATION spring.SessionRepository.save AFTER").session();
        EventRecord owned = record(1, OWNED + " AFTER");
        assertThat(owned.session()).isEqualTo(session);
        EventRecord sent = record(1, SEND + " BEFORE 1 Backup changes");
        assertThat(sent.scope()).isEqualTo(owned.scope());
        assertThat(sent.session()).isEqualTo(session);
        assertThat(record(0, APPLY + " AFTER").session()).isEqualTo(session);
        whatTheMapHoldsIsToldByItsOwner(id);
        aDelayWouldHoldUpWholePartitionsAndIsRefused();
        whileASaveIsHeldItsMemberServesTheOthers();
        aBackupThatIsDroppedIsAcknowledgedAndLostWithItsOwner();
    }

    /** One owns the session and tells of it, with what it will live for; whose own no session is tells of none. */
    private void whatTheMapHoldsIsToldByItsOwner(String id) {
        members.get(0).ask("expire " + id + " 600");
        long hash = new SessionHash(FakeController.SESSION_KEY).of(id);
        List<Kept> owned = controllers.get(1).look(1, "sessions");
        assertThat(owned).singleElement().satisfies(kept -> {
            assertThat(kept.getMap()).isEqualTo("sessions");
            assertThat(kept.getProblem()).isEmpty();
            assertThat(kept.getSessionsList()).containsExactly(hash);
            assertThat(kept.getLeftMillis(0)).isBetween(1L, 601_000L);
        });
        assertThat(controllers.get(0).look(2, "")).singleElement().satisfies(kept -> {
            assertThat(kept.getMap()).isEqualTo("sessions");
            assertThat(kept.getFamiliar())
                    .as("it owns none, and so asks the others")
                    .isTrue();
            assertThat(kept.getSessionsList()).containsExactly(hash);
        });
        members.get(0).ask("expire " + id + " 0");
        assertThat(controllers.get(1).look(3, "sessions").get(0).getLeftMillisList())
                .containsExactly(-1L);
        assertThat(controllers.get(1).look(4, "none of them")).isEmpty();
    }

    private void aDelayWouldHoldUpWholePartitionsAndIsRefused() {
        assertThat(controllers
                        .get(0)
                        .arm(injection(8, "delay", "hazelcast.MapOperation.runBackup", Edge.BEFORE)
                                .setAmount(1_000_000))
                        .getRefusal())
                .contains("hold up");
    }

    /** The held one waits on its caller's thread; what the other member saves is owned by its member, or copied there. */
    private void whileASaveIsHeldItsMemberServesTheOthers() {
        HostJvm other = members.get(1);
        controllers
                .get(0)
                .inject(injection(9, "delay", "session.save", Edge.BEFORE).setAmount(3_600_000_000_000L));
        members.get(0).tell("save a");
        fault(0, FaultKind.DELAY);
        for (String owner : List.of("theirs", "mine")) {
            String id = other.ask("new " + owner + " " + owner);
            other.ask("set " + owner + " x y");
            assertThat(other.ask("save " + owner)).isEqualTo("ok");
            assertThat(other.ask("read " + id + " x")).isEqualTo("y");
        }
        assertThat(controllers.get(0).records())
                .as("and the held one is still held")
                .noneMatch(record -> record.type() == EventType.FAULT_DONE);
        controllers.get(0).lift(9);
        assertThat(members.get(0).nextLine()).isEqualTo("ok");
    }

    private void aBackupThatIsDroppedIsAcknowledgedAndLostWithItsOwner() {
        HostJvm owner = members.get(0);
        String id = owner.ask("new b mine");
        owner.ask("set b x before");
        owner.ask("save b");
        record(1, APPLY + " AFTER");
        controllers.get(0).inject(injection(7, "drop", "replica.send", Edge.BEFORE));
        owner.ask("set b x after");
        assertThat(owner.ask("save b")).isEqualTo("ok");
        fault(0, FaultKind.DROP);
        assertThat(members.get(1).ask("read " + id + " x")).isEqualTo("after");
        owner.close();
        members.get(1).ask("members 1");
        assertThat(members.get(1).ask("read " + id + " x")).isEqualTo("before");
    }

    @EachJdk
    void aCrashBetweenTwoBackupsLeavesTheFirstOneAlone(Jdks.Jdk jdk) throws IOException {
        start(jdk, 3, 2);
        HostJvm owner = members.get(0);
        String id = owner.ask("new a mine");
        owner.ask("set a x before");
        assertThat(owner.ask("save a")).isEqualTo("ok");
        record(1, APPLY + " AFTER");
        record(2, APPLY + " AFTER");
        controllers
                .get(0)
                .inject(injection(7, "crash", "replica.send", Edge.AFTER).setStep(1));
        owner.ask("set a x after");
        owner.tell("save a");
        assertThat(owner.exitCode()).isEqualTo(HALTED);
        EventRecord fault = Journals.lastRecord(directory.resolve("0"));
        assertThat(fault.outcome()).isEqualTo(FaultKind.CRASH.code());
        assertThat(fault.step()).isEqualTo(1);
        members.get(1).ask("members 2");
        assertThat(members.get(1).ask("read " + id + " x"))
                .as("nobody was told that it is saved, and it is")
                .isEqualTo("after");
        Awaitility.await("one of the two has got it")
                .atMost(Duration.ofMinutes(1))
                .until(() -> applied(1) + applied(2) == 3);
    }

    private long applied(int member) {
        return controllers.get(member).lines().stream()
                .filter((APPLY + " AFTER")::equals)
                .count();
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

    @EachJdk
    void aClientTellsWhatItsClusterHas(Jdks.Jdk jdk) throws IOException {
        List<Integer> ports = start(jdk, 1, 0);
        FakeController controller = new FakeController();
        controllers.add(controller);
        HostJvm client = member(jdk, controller)
                .argument("client")
                .argument(ports.get(0))
                .start();
        members.add(client);
        assertThat(client.nextLine()).isEqualTo("ready");
        controller.record();
        String id = client.ask("new a theirs");
        assertThat(client.ask("save a")).isEqualTo("ok");
        client.ask("expire " + id + " 600");
        assertThat(controller.look(1, "")).singleElement().satisfies(kept -> {
            assertThat(kept.getFamiliar()).isTrue();
            assertThat(kept.getSessionsList()).containsExactly(new SessionHash(FakeController.SESSION_KEY).of(id));
            assertThat(kept.getLeftMillis(0)).isBetween(1L, 601_000L);
        });
    }

    private HostJvm.Builder member(Jdks.Jdk jdk, FakeController controller) {
        int number = controllers.indexOf(controller);
        return HostJvm.of(jdk, HazelcastHost.class)
                .agent("node=n" + number + ",controller=" + controller.address() + ",journal="
                        + directory.resolve(Integer.toString(number)))
                .option("-Djava.net.preferIPv4Stack=true")
                .option("-XX:TieredStopAtLevel=1")
                .option("-XX:+UseSerialGC");
    }

    private List<Integer> start(Jdks.Jdk jdk, int count, int backups) throws IOException {
        List<Integer> ports = ports(count);
        for (int i = 0; i < count; i++) {
            FakeController controller = new FakeController();
            controllers.add(controller);
            HostJvm.Builder member = member(jdk, controller).argument(backups).argument(ports.get(i));
            for (int port : ports) {
                if (port != ports.get(i)) {
                    member.argument(port);
                }
            }
            members.add(member.start());
        }
        for (HostJvm member : members) {
            assertThat(member.nextLine()).isEqualTo("ready");
        }
        controllers.forEach(FakeController::record);
        return ports;
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
