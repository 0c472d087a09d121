package dev.midwrite.controller.identity;

import dev.midwrite.controller.Problem;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * With what one side of an encrypted connection shows who it is, and knows the other.
 *
 * @param certificate and its chain, PEM
 * @param key to it, PKCS #8 in PEM
 * @param ca who signs for the other side, PEM
 */
public record CertificateFiles(Path certificate, Path key, Path ca) {

    /** @throws Problem if one is missing, or others can read the key */
    public CertificateFiles {
        for (Path file : List.of(certificate, key, ca)) {
            if (!Files.isReadable(file)) {
                throw new Problem("The file " + file + " cannot be read.");
            }
        }
        try {
            if (PrivateFiles.isOpen(key)) {
                throw new Problem("The key " + key + " can be read by others; 'chmod 600' it.");
            }
        } catch (IOException e) {
            throw new Problem("The key " + key + " cannot be looked at: " + e.getMessage() + ".", e);
        }
    }

    /**
     * A controller's: whoever calls needs a certificate, too.
     *
     * @param reload on which files are looked at
     * @param every how often they are; connections that are made later use what is there then
     * @throws Problem if the files hold something else
     */
    public ServerCredentials server(ScheduledExecutorService reload, Duration every) {
        try {
            AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
            AdvancedTlsX509TrustManager others = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION) // Agents may come from anywhere.
                    .build();
            read(own, others);
            // gRPC's own schedule has a minute between two looks at the least.
            Future<?> reading = reload.scheduleWithFixedDelay(
                    () -> readAgain(own, others), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
            assert !reading.isCancelled();
            return TlsServerCredentials.newBuilder()
                    .keyManager(own)
                    .trustManager(others)
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private void read(AdvancedTlsX509KeyManager own, AdvancedTlsX509TrustManager others)
            throws IOException, GeneralSecurityException {
        own.updateIdentityCredentials(certificate.toFile(), key.toFile());
        others.updateTrustCredentials(ca.toFile());
    }

    private void readAgain(AdvancedTlsX509KeyManager own, AdvancedTlsX509TrustManager others) {
        try {
            read(own, others);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Somebody is just writing them; what was read before holds until they are whole.
        }
    }

    /** An operator's. */
    public ChannelCredentials client() {
        try {
            return TlsChannelCredentials.newBuilder()
                    .keyManager(certificate.toFile(), key.toFile())
                    .trustManager(ca.toFile())
                    .build();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Problem unusable(Exception e) {
        return new Problem(
                "The certificates " + certificate + ", " + key + " and " + ca + " cannot be used: " + e.getMessage()
                        + ".",
                e);
    }
}
