package dev.midwrite.controller.identity;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Token;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A small certificate authority for a try, made by the JDK's keytool: it signs for a controller, an agent and each role,
 * and its own key is thrown away.
 */
public final class TryCertificates {
    public static final int DAYS = 90;

    private static final String CA = "ca";
    private static final String CONTROLLER = "controller";
    private static final String PASSWORD = "MIDWRITE_STORE";
    private static final int LINE = 64;

    private final Path directory;
    private final Path store;
    private final String password = Token.random().text();

    private TryCertificates(Path directory) {
        this.directory = directory;
        this.store = directory.resolve(".keystore");
    }

    /**
     * Writes {@code ca.pem}, and {@code NAME.pem} and {@code NAME.key} for controller, agent, watch, inject and crash.
     *
     * @param directory is made, or empty
     * @param hosts names and addresses of the controller beside those of loopback
     * @return the names of the pairs
     * @throws Problem if the directory has something in it, or it fails
     */
    public static List<String> make(Path directory, List<String> hosts) throws InterruptedException {
        try {
            PrivateFiles.directory(directory);
            try (Stream<Path> there = Files.list(directory)) {
                if (there.findAny().isPresent()) {
                    throw new Problem("The directory " + directory + " is not empty; nothing is written over.");
                }
            }
            return new TryCertificates(directory.toAbsolutePath()).make(hosts);
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem("The certificates cannot be made in " + directory + ": " + e.getMessage() + ".", e);
        }
    }

    private List<String> make(List<String> hosts) throws IOException, GeneralSecurityException, InterruptedException {
        try {
            key(
                    CA,
                    "CN=Midwrite try",
                    List.of("-ext", "bc:critical=ca:true,pathlen:0", "-ext", "ku:critical=keyCertSign"));
            Map<String, List<String>> signed = new LinkedHashMap<>();
            signed.put(CONTROLLER, List.of("-ext", "eku=serverAuth", "-ext", "san=" + names(hosts)));
            signed.put(AgentEntrance.UNIT, List.of("-ext", "eku=clientAuth"));
            for (Role role : Role.values()) {
                signed.put(role.label(), List.of("-ext", "eku=clientAuth"));
            }
            for (Map.Entry<String, List<String>> each : signed.entrySet()) {
                List<String> more = new ArrayList<>(each.getValue());
                more.addAll(List.of("-signer", CA, "-ext", "ku:critical=digitalSignature"));
                key(each.getKey(), "CN=" + each.getKey() + ", OU=" + each.getKey(), more);
            }
            write(signed.keySet());
            return List.copyOf(signed.keySet());
        } finally {
            Files.deleteIfExists(store);
        }
    }

    private static String names(List<String> hosts) {
        return Stream.concat(Stream.of("localhost", "127.0.0.1", "::1"), hosts.stream())
                .distinct()
                .map(host -> (host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + host)
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
    }

    private void key(String alias, String subject, List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                subject,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Integer.toString(DAYS),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD));
        command.addAll(more);
        ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
        keytool.environment().put(PASSWORD, password);
        Process process = keytool.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(said.strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void write(Iterable<String> names) throws IOException, GeneralSecurityException {
        char[] secret = password.toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream from = Files.newInputStream(store)) {
            keys.load(from, secret);
        }
        PrivateFiles.write(directory.resolve(CA + ".pem"), certificate(keys, CA));
        for (String name : names) {
            PrivateFiles.write(directory.resolve(name + ".pem"), certificate(keys, name));
            PrivateFiles.write(
                    directory.resolve(name + ".key"),
                    pem("PRIVATE KEY", keys.getKey(name, secret).getEncoded()));
        }
    }

    private static String certificate(KeyStore keys, String name) throws GeneralSecurityException {
        return pem("CERTIFICATE", keys.getCertificate(name).getEncoded());
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }
}
