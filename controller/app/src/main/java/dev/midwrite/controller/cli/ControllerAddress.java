package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.serve.QuietNetty;
import dev.midwrite.link.v1.OperatorGrpc;
import dev.midwrite.link.v1.OperatorGrpc.OperatorBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Which controller an operator's command talks to. */
final class ControllerAddress {
    static final int PORT = 7411;

    @Option(
            names = "--controller",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:" + PORT,
            description = "Where the controller listens; ${DEFAULT-VALUE} if not given.")
    private String address;

    /** @throws Problem if nobody answers there */
    void call(Consumer<OperatorBlockingStub> calls) {
        QuietNetty.settle();
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            calls.accept(OperatorGrpc.newBlockingStub(channel));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                throw new Problem("no controller answers at " + address + "; start one with 'midwrite controller'.", e);
            }
            throw e;
        } finally {
            channel.shutdownNow();
        }
    }
}
