package dev.midwrite.controller.serve;

import com.google.protobuf.ByteString;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.Challenge;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.Proof;
import io.grpc.Status;
import java.util.function.IntSupplier;

/**
 * The controller's part of proving on one stream that both sides have the token. Messages of a stream come one after the
 * other.
 */
final class AgentProof {
    private final Token token;
    private final IntSupplier port;
    private final byte[] nonce = Token.nonce();
    /** Null until the agent has asked. */
    private byte[] agentNonce;

    /** @param port on which this controller listens */
    AgentProof(Token token, IntSupplier port) {
        this.token = token;
        this.port = port;
    }

    /** Why a challenge is not answered; OK if it is. */
    Status check(Challenge challenge) {
        if (challenge.getNonce().size() != Token.NONCE_BYTES || agentNonce != null) {
            return Status.INVALID_ARGUMENT.withDescription(
                    "an agent asks once, and with " + Token.NONCE_BYTES + " bytes");
        }
        if (challenge.getPort() != port.getAsInt()) {
            return Status.FAILED_PRECONDITION.withDescription("the agent dialled port " + challenge.getPort()
                    + ", this controller listens on " + port.getAsInt() + "; a tunnel must keep the number");
        }
        return Status.OK;
    }

    /** To a challenge that was checked. */
    ControllerMessage answer(Challenge challenge) {
        agentNonce = challenge.getNonce().toByteArray();
        return ControllerMessage.newBuilder()
                .setProof(Proof.newBuilder()
                        .setNonce(ByteString.copyFrom(nonce))
                        .setProof(ByteString.copyFrom(token.ofController(agentNonce, nonce, port.getAsInt()))))
                .build();
    }

    boolean isAnswered() {
        return agentNonce != null;
    }

    /** Whether the agent has the token, too. */
    boolean holds(Hello hello) {
        return agentNonce != null
                && Token.equal(
                        token.ofAgent(agentNonce, nonce, port.getAsInt()),
                        hello.getProof().toByteArray());
    }
}
