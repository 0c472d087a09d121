package dev.midwrite.controller.identity;

import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.InjectResponse;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes one line when a command ends, before its caller knows. */
final class LoggedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final Caller caller;
    private final CommandLog log;
    private Map<String, Object> what = Map.of();
    private String answer = "";
    private boolean isWritten;

    LoggedCall(ServerCall<Q, R> call, Caller caller, CommandLog log) {
        super(call);
        this.caller = caller;
        this.log = log;
    }

    synchronized void asked(Request request) {
        what = request.what();
    }

    @Override
    public void sendMessage(R message) {
        if (message instanceof InjectResponse response) {
            synchronized (this) {
                answer = response.getNodesList().stream()
                        .map(node -> node.getNode() + ": " + outcome(node.getArmed()))
                        .collect(Collectors.joining("; "));
            }
        }
        super.sendMessage(message);
    }

    private static String outcome(Armed armed) {
        if (!armed.getRefusal().isEmpty()) {
            return "refused: " + armed.getRefusal();
        }
        return armed.getCounting() ? "counts" : "armed";
    }

    @Override
    public void close(Status status, Metadata trailers) {
        Status told = status;
        try {
            write(status);
        } catch (IOException e) {
            String unlogged = "the log of commands cannot be written: " + e;
            told = status.isOk()
                    ? Status.DATA_LOSS.withDescription("done, but " + unlogged)
                    : status.withDescription(outcome(status, "") + "; besides, " + unlogged);
        }
        super.close(told, trailers);
    }

    /** Whoever asked has gone; a stream of events always ends like that. */
    void cancelled() {
        try {
            write(Status.CANCELLED);
        } catch (IOException e) {
            // There is nobody left to be told.
        }
    }

    private synchronized void write(Status status) throws IOException {
        if (isWritten) {
            return;
        }
        isWritten = true;
        log.write(entry(this, caller.name(), caller.role().label(), what, outcome(status, answer)));
    }

    static CommandLog.Entry entry(
            ServerCall<?, ?> call, String who, String role, Map<String, Object> what, String outcome) {
        return new CommandLog.Entry(
                Instant.now(),
                who,
                role,
                String.valueOf(call.getAttributes().get(io.grpc.Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
                String.valueOf(call.getMethodDescriptor().getBareMethodName()),
                what,
                outcome);
    }

    static String outcome(Status status, String answer) {
        if (status.isOk()) {
            return answer.isEmpty() ? "OK" : answer;
        }
        return status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
    }
}
