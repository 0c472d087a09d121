package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.session.SessionMessage;
import org.apache.catalina.ha.session.SessionMessageImpl;
import org.apache.catalina.tribes.Channel;
import org.apache.catalina.tribes.ChannelMessage;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.group.ChannelInterceptorBase;
import org.apache.catalina.tribes.group.GroupChannel;
import org.apache.catalina.tribes.group.InterceptorPayload;
import org.apache.catalina.tribes.membership.MemberImpl;
import org.apache.catalina.tribes.tipis.AbstractReplicatedMap;
import org.apache.catalina.tribes.tipis.AbstractReplicatedMap.MapMessage;
import org.apache.catalina.tribes.tipis.LazyReplicatedMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The points of Tomcat's cluster: a channel that has not been started, and what would come from another member. */
class TomcatClusterTest extends LibraryContract {
    private static final Logger LOG = Logger.getLogger("org.apache");
    private static final String SEND = "tribes.GroupChannel.send";
    private static final String DELTA = "tribes.DeltaManager.messageReceived";
    private static final String MAP = "tribes.AbstractReplicatedMap.messageReceived";

    @BeforeEach
    void beQuiet() {
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void beLoud() {
        LOG.setUseParentHandlers(true);
    }

    @Override
    Library library() {
        return new TomcatCluster();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        Map<String, Supplier<Subject>> all = new LinkedHashMap<>();
        all.put(SEND, () -> new OnTribes(Sends.class));
        all.put(DELTA, () -> new OnTribes(ReceivesDelta.class));
        all.put(MAP, () -> new OnTribes(ReceivesEntry.class));
        return all;
    }

    @Test
    void eachMemberIsAPassageOfItsOwn() throws Exception {
        try (Rig rig = new Rig(SEND, new OnTribes(SendsToTwo.class))) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.records())
                    .filteredOn(record -> record.edge() == Edge.BEFORE)
                    .hasSize(2)
                    .extracting(record -> new String(record.payload(), StandardCharsets.UTF_8))
                    .allSatisfy(payload -> assertThat(payload).contains("SESSION-DELTA"));
            assertThat(rig.records()).extracting(EventRecord::scope).doesNotContain(0L);
            assertThat(rig.records()).extracting(EventRecord::session).doesNotContain(0L);
            assertThat(rig.records())
                    .filteredOn(record -> record.edge() == Edge.BEFORE)
                    .extracting(rig.journal::peerOf)
                    .containsExactly("127.0.0.1:4001", "127.0.0.1:4002");
        }
    }

    /** So that two journals tell that it is the same change. */
    @Test
    void aChangeHasOneIdentityWhereItIsSentAndWhereItIsApplied() throws Exception {
        assertThat(begins(SEND, Sends.class).digest())
                .isNotZero()
                .isEqualTo(begins(DELTA, ReceivesDelta.class).digest());
        assertThat(begins(MAP, ReceivesEntry.class).digest())
                .as("it says where a session lies, and holds nothing of it")
                .isZero();
    }

    @Test
    void whatTheSenderWaitsForStandsInItsRecord() throws Exception {
        assertThat(new String(begins(SEND, Sends.class).payload(), StandardCharsets.UTF_8))
                .isEqualTo("SESSION-DELTA ack=received");
    }

    private static EventRecord begins(String point, Class<?> subject) throws Exception {
        try (Rig rig = new Rig(point, new OnTribes(subject))) {
            rig.prepare();
            rig.open();
            rig.call();
            return rig.records().stream()
                    .filter(record -> record.edge() == Edge.BEFORE)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatOneMemberMustNotHaveGoesToTheOther() throws Exception {
        OnTribes subject = new OnTribes(SendsToTwo.class);
        try (Rig rig = new Rig(SEND, subject)) {
            rig.prepare();
            rig.inject(FaultKind.DROP, Edge.BEFORE, "");
            rig.onlyPeer = "127.0.0.1:4001";
            rig.call();
            assertThat(rig.faults()).hasSize(1);
            assertThat(subject.effect()).isEqualTo("4002");
        }
    }

    /** What is held for one member is sent to that one alone. */
    @Test
    void oneMemberLagsWhileTheOtherHasIt() throws Exception {
        OnTribes subject = new OnTribes(SendsToTwo.class);
        try (Rig rig = new Rig(SEND, subject)) {
            rig.prepare();
            rig.inject(FaultKind.LAG, Edge.BEFORE, "", 60_000_000_000L);
            rig.onlyPeer = "127.0.0.1:4001";
            rig.call();
            assertThat(subject.effect()).isEqualTo("4002");
            rig.lifted = true;
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> rig.ends() == 3);
            assertThat(subject.effect()).isEqualTo("4002 4001");
        }
    }

    @Test
    void anExceptionForOneMemberIsThrownWhenTheOthersHaveIt() throws Exception {
        OnTribes subject = new OnTribes(SendsToTwo.class);
        try (Rig rig = new Rig(SEND, subject)) {
            rig.prepare();
            rig.inject(FaultKind.ERROR, Edge.BEFORE, "");
            rig.onlyPeer = "127.0.0.1:4002";
            subject.failsWith(Exception.class, rig::call);
            assertThat(subject.failure.getClass().getName()).isEqualTo("org.apache.catalina.tribes.ChannelException");
            assertThat(subject.effect()).isEqualTo("4001");
        }
    }

    /** Calls Tribes from a class that is loaded beside it. */
    private static final class OnTribes extends Subject {
        private final Class<?> calls;
        private Callable<?> woven;

        OnTribes(Class<?> calls) {
            this.calls = calls;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {GroupChannel.class, DeltaManager.class, AbstractReplicatedMap.class};
        }

        @Override
        List<String> again() {
            return List.of(
                    "org.apache.catalina.tribes.", "org.apache.catalina.ha.", TomcatClusterTest.class.getName() + "$");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            woven = (Callable<?>)
                    loader.loadClass(calls.getName()).getConstructor().newInstance();
        }

        @Override
        void call() throws Exception {
            woven.call();
        }

        @Override
        boolean bodyRan() {
            return !effect().isEmpty();
        }

        String effect() {
            return woven.toString();
        }
    }

    /** Its text is what has happened. Public, and so on: they are loaded again, beside Tribes. */
    public abstract static class OnMember implements Callable<Object> {
        final Member[] members;

        OnMember(int count) throws IOException {
            members = new Member[count];
            for (int i = 0; i < count; i++) {
                members[i] = new MemberImpl("127.0.0.1", 4001 + i, 0);
            }
        }
    }

    /** A delta to one member. */
    public static class Sends extends OnMember {
        final List<String> sent = new CopyOnWriteArrayList<>();
        final GroupChannel channel = new GroupChannel();

        public Sends() throws IOException {
            this(1);
        }

        Sends(int count) throws IOException {
            super(count);
            channel.addInterceptor(new ChannelInterceptorBase() {
                @Override
                public void sendMessage(Member[] to, ChannelMessage message, InterceptorPayload payload) {
                    for (Member member : to) {
                        sent.add(Integer.toString(member.getPort()));
                    }
                }
            });
        }

        @Override
        public Object call() throws Exception {
            return channel.send(
                    members,
                    new SessionMessageImpl("m", SessionMessage.EVT_SESSION_DELTA, new byte[0], "an id", "1"),
                    Channel.SEND_OPTIONS_DEFAULT,
                    null);
        }

        @Override
        public String toString() {
            return String.join(" ", sent);
        }
    }

    /** A delta to two members. */
    public static final class SendsToTwo extends Sends {
        public SendsToTwo() throws IOException {
            super(2);
        }
    }

    /** A message about a session that this manager does not have. */
    public static final class ReceivesDelta extends OnMember {
        private final DeltaManager manager = new DeltaManager() {
            @Override
            public ClassLoader[] getClassLoaders() {
                return new ClassLoader[] {ReceivesDelta.class.getClassLoader()};
            }
        };

        public ReceivesDelta() throws IOException {
            super(1);
            manager.setEnableStatistics(true);
        }

        @Override
        public Object call() {
            SessionMessage message =
                    new SessionMessageImpl("m", SessionMessage.EVT_SESSION_DELTA, new byte[0], "an id", "1");
            message.setAddress(members[0]);
            manager.messageDataReceived(message);
            return null;
        }

        @Override
        public String toString() {
            return manager.getCounterReceive_EVT_SESSION_DELTA() == 0 ? "" : "counted";
        }
    }

    /** An entry of a map that lies elsewhere. */
    public static final class ReceivesEntry extends OnMember {
        private final LazyReplicatedMap<String, String> map;

        public ReceivesEntry() throws IOException {
            super(1);
            map = new LazyReplicatedMap<>(null, new GroupChannel(), 0, "map", null);
        }

        @Override
        public Object call() {
            map.messageReceived(
                    new MapMessage(
                            new byte[0], MapMessage.MSG_PROXY, false, "an id", null, null, members[0], new Member[0]),
                    members[0]);
            return null;
        }

        @Override
        public String toString() {
            return map.keySetFull().isEmpty() ? "" : "there";
        }
    }
}
