package dev.midwrite.agent.link;

import com.google.protobuf.ByteString;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Challenge;
import dev.midwrite.link.v1.ControllerMessage;

/** The agent's part of proving on one stream that both sides have the token. Belongs to the link's thread. */
final class Handshake {
    private final Token token;
    private final int port;
    private final byte[] nonce = Token.nonce();

    /** @param port that was dialled */
    Handshake(Token token, int port) {
        this.token = token;
        this.port = port;
    }

    AgentMessage challenge() {
        return AgentMessage.newBuilder()
                .setChallenge(Challenge.newBuilder()
                        .setNonce(ByteString.copyFrom(nonce))
                        .setPort(port))
                .build();
    }

    /** What a Hello proves with; null if the answer proves nothing, and then nothing may be said to whoever gave it. */
    ByteString proof(ControllerMessage answer) {
        byte[] other = answer.getProof().getNonce().toByteArray();
        if (other.length != Token.NONCE_BYTES
                || !Token.equal(
                        token.ofController(nonce, other, port),
                        answer.getProof().getProof().toByteArray())) {
            return null;
        }
        return ByteString.copyFrom(token.ofAgent(nonce, other, port));
    }
}
