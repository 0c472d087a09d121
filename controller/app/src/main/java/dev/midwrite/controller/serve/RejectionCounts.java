package dev.midwrite.controller.serve;

import dev.midwrite.link.v1.LinkGrpc;
import dev.midwrite.link.v1.OperatorGrpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many calls ended because of what their callers are, or said. Of connections on which nothing is called it knows
 * nothing. Thread-safe.
 */
public final class RejectionCounts extends ServerStreamTracer.Factory {
    /** By which a call was rejected, and did not only fail. */
    public static final Set<Status.Code> CODES = Set.of(
            Status.Code.UNAUTHENTICATED,
            Status.Code.PERMISSION_DENIED,
            Status.Code.INVALID_ARGUMENT,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.ALREADY_EXISTS,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.UNIMPLEMENTED);

    /** What a caller wanted to be. */
    public enum Client {
        AGENT,
        COMMAND,
        OTHER
    }

    private final Map<Client, Map<Status.Code, LongAdder>> counts = new EnumMap<>(Client.class);

    RejectionCounts() {
        for (Client client : Client.values()) {
            Map<Status.Code, LongAdder> byCode = new EnumMap<>(Status.Code.class);
            CODES.forEach(code -> byCode.put(code, new LongAdder()));
            counts.put(client, byCode);
        }
    }

    /** @param code one of {@link #CODES} */
    public long of(Client client, Status.Code code) {
        return counts.get(client).get(code).sum();
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        Map<Status.Code, LongAdder> byCode = counts.get(client(method));
        return new ServerStreamTracer() {
            @Override
            public void streamClosed(Status status) {
                LongAdder count = byCode.get(status.getCode());
                if (count != null) {
                    count.increment();
                }
            }
        };
    }

    private static Client client(String method) {
        if (method.startsWith(LinkGrpc.SERVICE_NAME + "/")) {
            return Client.AGENT;
        }
        return method.startsWith(OperatorGrpc.SERVICE_NAME + "/") ? Client.COMMAND : Client.OTHER;
    }
}
