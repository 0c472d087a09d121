package dev.midwrite.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of 256 random bits. One that agents and their controller share stays where it is: each side proves to the other
 * that it has it, as HMAC-SHA-256 over both sides' random bytes, the port that was dialled, and which side it is. So who
 * listens on a port that is not theirs learns nothing, and what was said once proves nothing the next time.
 *
 * <p>Immutable.
 */
public final class Token {
    /** Of a nonce. */
    public static final int NONCE_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String TEXT = "[A-Za-z0-9_-]{32,128}";

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /** A new one, of 256 random bits. */
    public static Token random() {
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(nonce()));
    }

    /**
     * Reads what {@link #text} gives; white space around it is passed over.
     *
     * @throws IllegalArgumentException if it is none; the message is a predicate and says nothing of the text
     */
    public static Token of(String text) {
        String stripped = text.strip();
        if (!stripped.matches(TEXT)) {
            throw new IllegalArgumentException("holds no token of 32 to 128 letters, digits, '-' and '_'");
        }
        return new Token(stripped);
    }

    /** The secret. */
    public String text() {
        return text;
    }

    /** For one exchange. */
    public static byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        return nonce;
    }

    /** What a controller answers to an agent's nonce. */
    public byte[] ofController(byte[] agentNonce, byte[] controllerNonce, int port) {
        return proof("midwrite controller", agentNonce, controllerNonce, port);
    }

    /** What an agent answers to a controller that has proved itself. */
    public byte[] ofAgent(byte[] agentNonce, byte[] controllerNonce, int port) {
        return proof("midwrite agent", agentNonce, controllerNonce, port);
    }

    /** Takes the same time wherever the two differ. */
    public static boolean equal(byte[] proof, byte[] other) {
        return MessageDigest.isEqual(proof, other);
    }

    /** Says nothing of it: it might be printed by mistake. */
    @Override
    public String toString() {
        return "a token";
    }

    private byte[] proof(String side, byte[] agentNonce, byte[] controllerNonce, int port) {
        if (agentNonce.length != NONCE_BYTES || controllerNonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("a nonce has " + NONCE_BYTES + " bytes");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            mac.update(agentNonce);
            mac.update(controllerNonce);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(port).flip());
            return mac.doFinal(side.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
