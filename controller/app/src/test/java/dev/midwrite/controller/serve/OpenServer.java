package dev.midwrite.controller.serve;

import dev.midwrite.controller.identity.Access;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A controller's server on loopback, what stands behind it, and a connection to it. */
final class OpenServer {
    final JournalStore journals;
    final Fleet fleet;
    final LinkServer server;
    final ManagedChannel channel;

    OpenServer(Path directory, Access access) {
        journals = new JournalStore(directory);
        fleet = new Fleet(journals);
        server = LinkServer.start(fleet, 0, access);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    void close() throws InterruptedException {
        channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        fleet.close();
        server.close();
        journals.close();
    }
}
