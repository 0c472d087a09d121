package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.CertificateFiles;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** With what an encrypted connection is made; all three or none. */
final class CertificateOptions {
    @Option(names = "--certificate", paramLabel = "FILE", description = "Certificate to show, PEM.")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Key to it, PKCS #8 in PEM; readable by you alone.")
    private Path key;

    @Option(names = "--ca", paramLabel = "FILE", description = "Who signed the other side's certificate, PEM.")
    private Path ca;

    /** @throws Problem if some are missing, or cannot be read */
    Optional<CertificateFiles> files() {
        long given = Stream.of(certificate, key, ca).filter(Objects::nonNull).count();
        if (given == 0) {
            return Optional.empty();
        }
        if (given < 3) {
            throw new Problem("--certificate, --key and --ca belong together, and one of them is missing.");
        }
        return Optional.of(new CertificateFiles(certificate, key, ca));
    }
}
