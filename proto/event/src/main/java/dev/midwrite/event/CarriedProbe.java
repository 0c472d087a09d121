package dev.midwrite.event;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How an operation of the probe travels to the agent of a service that mounts no probe: in headers of a GET for any page
 * that a servlet serves, with proof that it comes from this run's controller.
 */
public final class CarriedProbe {
    /** Method and path of the operation below the probe's own root, such as {@code POST /register/a?value=…}. */
    public static final String OPERATION_HEADER = "X-Midwrite-Probe";

    /** See {@link #secret}. */
    public static final String SECRET_HEADER = "X-Midwrite-Secret";

    private static final String ALGORITHM = "HmacSHA256";

    private CarriedProbe() {}

    /**
     * What whoever knows the run's key can tell, and nobody else; 64 hex digits.
     *
     * @param key of the session hash, which controller and agents share for one run
     */
    public static String secret(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(OPERATION_HEADER.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
