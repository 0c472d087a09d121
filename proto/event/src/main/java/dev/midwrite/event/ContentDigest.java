package dev.midwrite.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a session holds leaves a process only as the first 64 bits of HMAC-SHA-256 under a key of the run: many values are short
 * enough to be guessed. Equal bytes of one attribute have equal digests on all nodes; those of two attributes do not.
 *
 * <p>Not thread-safe; one per thread.
 */
public final class ContentDigest {
    /** In the place of a name: something was sent that cannot be read, of whichever attribute. */
    public static final long UNREAD = 0;

    private static final String ALGORITHM = "HmacSHA256";
    /** What a session hash is made of can be no name. */
    private static final String USE = "content";

    private final Mac mac;

    /** @param key that of {@link SessionHash}, of which this one's own is made */
    public ContentDigest(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] own = mac.doFinal(USE.getBytes(StandardCharsets.UTF_8));
            mac.init(new SecretKeySpec(own, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private ContentDigest(Mac mac) {
        this.mac = mac;
    }

    /** Another under the same key, for another thread; looks nothing up. */
    public ContentDigest copy() {
        try {
            return new ContentDigest((Mac) mac.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HmacSHA256 can be cloned", e);
        }
    }

    /** Of an attribute's name; never 0. */
    public long name(String attribute) {
        return first(mac.doFinal(attribute.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Of an attribute's bytes, all of them.
     *
     * @param name the hash of its name
     * @return {@link EventType#EMPTY} for no bytes, and only for these
     */
    public long value(long name, ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return EventType.EMPTY;
        }
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            mac.update((byte) (name >>> shift));
        }
        mac.update(bytes.duplicate());
        return first(mac.doFinal());
    }

    /** What the payload of a {@link EventType#CONTENT} record says: digests by the hashes of names. */
    public static Map<Long, Long> read(byte[] payload) {
        ByteBuffer pairs = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        Map<Long, Long> digests = new LinkedHashMap<>();
        while (pairs.remaining() >= 2 * Long.BYTES) {
            digests.put(pairs.getLong(), pairs.getLong());
        }
        return digests;
    }

    private static long first(byte[] sum) {
        long first = ByteBuffer.wrap(sum).getLong();
        return first == 0 ? 1 : first;
    }
}
