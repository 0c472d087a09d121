package dev.midwrite.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session ids leave a process only as the first 64 bits of HMAC-SHA-256 under the drill's key: a cookie is a
 * credential.
 *
 * <p>Not thread-safe; one per thread.
 */
public final class SessionHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    public SessionHash(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private SessionHash(Mac mac) {
        this.mac = mac;
    }

    /** Another under the same key, for another thread; looks nothing up. */
    public SessionHash copy() {
        try {
            return new SessionHash((Mac) mac.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HmacSHA256 can be cloned", e);
        }
    }

    /** Never 0, which means "no session" in records. */
    public long of(String sessionId) {
        byte[] sum = mac.doFinal(sessionId.getBytes(StandardCharsets.UTF_8));
        long first = ByteBuffer.wrap(sum).getLong();
        return first == 0 ? 1 : first;
    }
}
