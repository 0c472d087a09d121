package dev.midwrite.controller.serve;

import dev.midwrite.controller.identity.OperatorEntrance;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.OperatorGrpc;
import dev.midwrite.link.v1.OperatorGrpc.OperatorBlockingStub;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;

/** Commands as the command line sends them. */
final class Callers {
    private Callers() {}

    static OperatorBlockingStub showing(Channel channel, Token token) {
        Metadata headers = new Metadata();
        headers.put(OperatorEntrance.HEADER, OperatorEntrance.SCHEME + token.text());
        return OperatorGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
