package dev.midwrite.cluster;

import java.io.IOException;
import org.apache.catalina.ha.ClusterManager;
import org.apache.catalina.ha.session.BackupManager;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.session.JvmRouteBinderValve;
import org.apache.catalina.ha.tcp.ReplicationValve;
import org.apache.catalina.ha.tcp.SimpleTcpCluster;
import org.apache.catalina.tribes.Channel;
import org.apache.catalina.tribes.group.GroupChannel;
import org.apache.catalina.tribes.group.interceptors.MessageDispatchInterceptor;
import org.apache.catalina.tribes.group.interceptors.TcpFailureDetector;
import org.apache.catalina.tribes.membership.StaticMember;
import org.apache.catalina.tribes.membership.StaticMembershipService;
import org.apache.catalina.tribes.transport.nio.NioReceiver;

/** Tomcat's own cluster, as its documents set it up but for the members, which are named instead of found by multicast. */
final class Replication {
    private static final String LOOPBACK = "127.0.0.1";
    /** Less than a byte's number of values: a text of bytes has no sign. */
    private static final int LAST_BYTE = 128;

    private Replication() {}

    static SimpleTcpCluster of(Arguments arguments) throws IOException {
        NioReceiver receiver = new NioReceiver();
        receiver.setAddress(LOOPBACK);
        receiver.setPort(arguments.members().get(arguments.node()));
        receiver.setAutoBind(1); // At this port or not at all: the others look for it there.
        StaticMembershipService membership = new StaticMembershipService();
        membership.setLocalMember(member(arguments.members().get(arguments.node())));
        for (int port : arguments.others()) {
            membership.addStaticMember(member(port));
        }
        GroupChannel channel = new GroupChannel();
        channel.setChannelReceiver(receiver);
        channel.setMembershipService(membership);
        channel.addInterceptor(new TcpFailureDetector());
        channel.addInterceptor(new MessageDispatchInterceptor());
        SimpleTcpCluster cluster = new SimpleTcpCluster();
        cluster.setChannel(channel);
        cluster.setChannelSendOptions(options(arguments.ack()));
        cluster.setManagerTemplate(manager(arguments));
        cluster.addValve(new ReplicationValve());
        cluster.addValve(new JvmRouteBinderValve());
        return cluster;
    }

    private static ClusterManager manager(Arguments arguments) {
        if (arguments.manager().equals("delta")) {
            DeltaManager manager = new DeltaManager();
            manager.setNotifyListenersOnReplication(true);
            return manager;
        }
        BackupManager manager = new BackupManager();
        manager.setMapSendOptions(options(arguments.ack()));
        return manager;
    }

    private static int options(String ack) {
        return switch (ack) {
            case "applied" -> Channel.SEND_OPTIONS_USE_ACK | Channel.SEND_OPTIONS_SYNCHRONIZED_ACK;
            case "received" -> Channel.SEND_OPTIONS_USE_ACK;
            default -> Channel.SEND_OPTIONS_ASYNCHRONOUS;
        };
    }

    private static StaticMember member(int port) throws IOException {
        StaticMember member = new StaticMember(LOOPBACK, port, 0);
        // Sixteen bytes that differ between members; the port does.
        member.setUniqueId("{0,0,0,0,0,0,0,0,0,0,0,0,0,0," + port / LAST_BYTE + "," + port % LAST_BYTE + "}");
        return member;
    }
}
