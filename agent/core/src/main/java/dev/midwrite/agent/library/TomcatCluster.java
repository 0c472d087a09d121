package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.PointKind;
import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.ha.session.SessionMessage;
import org.apache.catalina.tribes.Channel;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.io.XByteBuffer;
import org.apache.catalina.tribes.tipis.AbstractReplicatedMap.MapMessage;

/**
 * Tomcat's cluster: what a {@code DeltaManager} or a {@code BackupManager} sends over Tribes to each member, and what it applies
 * of what comes from one.
 */
final class TomcatCluster extends Library {
    private static final String GROUP = "org.apache.catalina.tribes.group.GroupChannel";
    private static final String DELTA = "org.apache.catalina.ha.session.DeltaManager";
    private static final String MAP = "org.apache.catalina.tribes.tipis.AbstractReplicatedMap";
    private static final String MEMBER = "org.apache.catalina.tribes.Member";

    TomcatCluster() {
        super("tribes");
        point("GroupChannel.send", PointKind.REPLICA_SEND, Role.ADOPT)
                .fails("org.apache.catalina.tribes.ChannelException")
                .holds()
                .paces()
                .in(List.of(GROUP), Call.of("send", 4), "Send");
        // What the thread of Tribes that receives makes of it: the sender gets a negative acknowledgement, if it waits
        // for one.
        point("DeltaManager.messageReceived", PointKind.REPLICA_APPLY, Role.ADOPT)
                .fails("org.apache.catalina.tribes.RemoteProcessException")
                .holds()
                .in(List.of(DELTA), Call.of("messageReceived", 2).with(1, MEMBER), "ApplyDelta", UsualExit.NAME);
        point("AbstractReplicatedMap.messageReceived", PointKind.REPLICA_APPLY, Role.ADOPT)
                .fails("org.apache.catalina.tribes.RemoteProcessException")
                .holds()
                .in(List.of(MAP), Call.of("messageReceived", 2).with(1, MEMBER), "ApplyEntry", UsualExit.NAME);
        point("Session.clock", PointKind.SESSION_CLOCK, Role.NODE)
                .readsTimeIn(DELTA, "org.apache.catalina.ha.session.DeltaSession");
    }

    /**
     * {@code GroupChannel.send}: one message to some members. Each member is a passage of its own; one that must not have it is
     * taken out of the destinations.
     */
    static final class Send {
        private Send() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object channel,
                @Advice.Argument(value = 0, readOnly = false) Member[] members,
                @Advice.Argument(1) Serializable message,
                @Advice.Argument(2) int options,
                @Advice.Argument(3) Object handler,
                @Advice.SelfCallHandle(bound = false) MethodHandle call,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("tokens") Object[] tokens)
                throws IOException {
            gate = Gate.open;
            if (gate == null || members == null) {
                return false;
            }
            String id = null;
            String what = null;
            Object content = null;
            if (message instanceof SessionMessage change) {
                int type = change.getEventType();
                if ((type >= SessionMessage.EVT_SESSION_CREATED && type <= SessionMessage.EVT_SESSION_ACCESSED)
                        || type == SessionMessage.EVT_SESSION_DELTA
                        || type == SessionMessage.EVT_CHANGE_SESSION_ID) {
                    id = change.getSessionID();
                    what = change.getEventTypeString();
                    content = type == SessionMessage.EVT_SESSION_DELTA ? change.getUniqueId() : null;
                }
            } else if (message instanceof MapMessage entry) {
                id = entry.getKey() instanceof String key ? key : null;
                what = entry.getTypeDesc();
                int type = entry.getMsgType();
                if (type == MapMessage.MSG_BACKUP || type == MapMessage.MSG_COPY) {
                    content = entry.isDiff() ? entry.getDiffValue() : entry.getValueData();
                    what = entry.isDiff() ? what : what.concat(" whole");
                }
            }
            if (id == null) { // Not of one session: the state of a node that joins, a ping.
                return false;
            }
            if ((options & Channel.SEND_OPTIONS_ASYNCHRONOUS) != 0 || (options & Channel.SEND_OPTIONS_USE_ACK) == 0) {
                what = what.concat(" ack=none");
            } else if ((options & Channel.SEND_OPTIONS_SYNCHRONIZED_ACK) == 0) {
                what = what.concat(" ack=received");
            } else {
                what = what.concat(" ack=applied");
            }
            tokens = new Object[members.length];
            Member[] left = new Member[members.length];
            int count = 0;
            for (int i = 0; i < members.length; i++) {
                String peer = InetAddress.getByAddress(members[i].getHost())
                        .getHostAddress()
                        .concat(":")
                        .concat(Integer.toString(members[i].getPort()));
                tokens[i] = gate.enter(point, channel, id, peer, content, what);
                if (tokens[i] != null && gate.paces(tokens[i])) {
                    gate.pace(tokens[i], null, XByteBuffer.serialize(message).length);
                }
                if (tokens[i] != null && gate.holds(tokens[i])) {
                    Member[] one = {members[i]};
                    gate.hold(
                            tokens[i], MethodHandles.insertArguments(call, 0, channel, one, message, options, handler));
                }
                if (tokens[i] == null || !gate.skips(tokens[i])) {
                    left[count] = members[i];
                    count++;
                }
            }
            if (count < members.length) {
                members = Arrays.copyOf(left, count);
            }
            return count == 0;
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("tokens") Object[] tokens,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (tokens != null) {
                Throwable failed = thrown;
                for (int i = tokens.length - 1; i >= 0; i--) { // Inside out, as they were entered.
                    if (tokens[i] != null) {
                        Throwable seen = gate.exit(tokens[i], null, null, thrown);
                        failed = seen == null ? failed : seen;
                    }
                }
                thrown = failed;
            }
        }
    }

    /** {@code DeltaManager.messageReceived}: a change of a session by another member. */
    static final class ApplyDelta {
        private ApplyDelta() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object manager,
                @Advice.Argument(0) SessionMessage message,
                @Advice.Argument(1) Member sender,
                @Advice.SelfCallHandle(bound = true) MethodHandle call,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token)
                throws UnknownHostException {
            gate = Gate.open;
            if (gate == null || sender == null) {
                return false;
            }
            int type = message.getEventType();
            if ((type >= SessionMessage.EVT_SESSION_CREATED && type <= SessionMessage.EVT_SESSION_ACCESSED)
                    || type == SessionMessage.EVT_SESSION_DELTA
                    || type == SessionMessage.EVT_CHANGE_SESSION_ID) {
                String peer = InetAddress.getByAddress(sender.getHost())
                        .getHostAddress()
                        .concat(":")
                        .concat(Integer.toString(sender.getPort()));
                Object content = type == SessionMessage.EVT_SESSION_DELTA ? message.getUniqueId() : null;
                token = gate.enter(point, manager, message.getSessionID(), peer, content, message.getEventTypeString());
            }
            if (token != null && gate.holds(token)) {
                gate.hold(token, call);
            }
            return token != null && gate.skips(token);
        }
    }

    /** {@code AbstractReplicatedMap.messageReceived}: an entry of a map, a session or what is known of where it lies. */
    static final class ApplyEntry {
        private ApplyEntry() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object map,
                @Advice.Argument(0) Serializable message,
                @Advice.Argument(1) Member sender,
                @Advice.SelfCallHandle(bound = true) MethodHandle call,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token)
                throws UnknownHostException {
            gate = Gate.open;
            if (gate == null || sender == null || !(message instanceof MapMessage entry)) {
                return false;
            }
            if (entry.getKey() instanceof String key) {
                String peer = InetAddress.getByAddress(sender.getHost())
                        .getHostAddress()
                        .concat(":")
                        .concat(Integer.toString(sender.getPort()));
                int type = entry.getMsgType();
                Object content = null;
                if (type == MapMessage.MSG_BACKUP || type == MapMessage.MSG_COPY) {
                    content = entry.isDiff() ? entry.getDiffValue() : entry.getValueData();
                }
                token = gate.enter(point, map, key, peer, content, entry.getTypeDesc());
            }
            if (token != null && gate.holds(token)) {
                gate.hold(token, call);
            }
            return token != null && gate.skips(token);
        }
    }
}
