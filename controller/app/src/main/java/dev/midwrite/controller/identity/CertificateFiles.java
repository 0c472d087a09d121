package dev.midwrite.controller.identity;

import dev.midwrite.controller.Problem;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * With what one side of an encrypted connection shows who it is, and knows the other.
 *
 * @param certificate and its chain, PEM
 * @param key to it, PKCS #8 in PEM
 * @param ca who signs for the other side, PEM
 */
public record CertificateFiles(Path certificate, Path key, Path ca) {
    /** Once may be a file that is just being written. */
    private static final int TOLD_FROM = 2;

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
     * @param notes hears, in sentences, of files that could not be read twice in a row, and when they can be again
     * @throws Problem if the files hold something else
     */
    public ServerCredentials server(ScheduledExecutorService reload, Duration every, Consumer<String> notes) {
        try {
            AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
            AdvancedTlsX509TrustManager others = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION) // Agents may come from anywhere.
                    .build();
            read(own, others);
            // gRPC's own schedule has a minute between two looks at the least.
            Future<?> reading = reload.scheduleWithFixedDelay(
                    new Reading(own, others, notes), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
            assert !reading.isCancelled();
            return TlsServerCredentials.newBuilder()
                    .keyManager(own)
                    .trustManager(others)
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build();
        } catch (IOException
                | GeneralSecurityException
                | IllegalArgumentException e) { // gRPC's word for a key that is none.
            throw unusable(e);
        }
    }

    private void read(AdvancedTlsX509KeyManager own, AdvancedTlsX509TrustManager others)
            throws IOException, GeneralSecurityException {
        requireCertificates();
        own.updateIdentityCredentials(certificate.toFile(), key.toFile());
        others.updateTrustCredentials(ca.toFile());
    }

    /** A file without any is read without a word, and then nobody is trusted. */
    private void requireCertificates() throws IOException, GeneralSecurityException {
        for (Path file : List.of(certificate, ca)) {
            try (InputStream from = Files.newInputStream(file)) {
                if (CertificateUtils.getX509Certificates(from).length == 0) {
                    throw new GeneralSecurityException(file + " holds no certificate");
                }
            }
        }
    }

    /** Files are looked at again. Belongs to one thread. */
    private final class Reading implements Runnable {
        private final AdvancedTlsX509KeyManager own;
        private final AdvancedTlsX509TrustManager others;
        private final Consumer<String> notes;
        private int failures;

        Reading(AdvancedTlsX509KeyManager own, AdvancedTlsX509TrustManager others, Consumer<String> notes) {
            this.own = own;
            this.others = others;
            this.notes = notes;
        }

        /** Somebody may be just writing them; what was read before holds until they are whole. */
        @Override
        public void run() {
            try {
                read(own, others);
                if (failures >= TOLD_FROM) {
                    notes.accept("The certificates can be read again.");
                }
                failures = 0;
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                failures++;
                if (failures == TOLD_FROM) {
                    notes.accept(unusable(e).getMessage() + " What was read before is used until they can be.");
                }
            }
        }
    }

    /**
     * An operator's.
     *
     * @throws Problem if the files hold something else
     */
    public ChannelCredentials client() {
        try {
            requireCertificates();
            return TlsChannelCredentials.newBuilder()
                    .keyManager(certificate.toFile(), key.toFile())
                    .trustManager(ca.toFile())
                    .build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    /** That gRPC does not take them. */
    public Problem unusable(Exception e) {
        return new Problem(
                "The certificates " + certificate + ", " + key + " and " + ca + " cannot be used: " + e.getMessage()
                        + ".",
                e);
    }
}
