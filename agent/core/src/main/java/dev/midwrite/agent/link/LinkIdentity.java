package dev.midwrite.agent.link;

import dev.midwrite.event.Token;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How the agent and its controller know each other: by certificates, or on loopback by a token that both can read.
 *
 * <p>Files are read anew at each dial, so that whoever replaces one need not start the host again.
 *
 * @param token the file with the token; not looked at if there are certificates
 * @param certificate the agent's and its chain, PEM; null for plain text on loopback
 * @param key to it, PKCS #8 in PEM; null as the certificate
 * @param ca who signed the controller's, PEM; null as the certificate
 */
public record LinkIdentity(File token, File certificate, File key, File ca) {
    private static final int LARGEST_BYTES = 4 << 10;

    /** By this token. */
    public static LinkIdentity of(File token) {
        return new LinkIdentity(token, null, null, null);
    }

    /** Whether the link is encrypted. */
    public boolean isEncrypted() {
        return certificate != null;
    }

    ChannelCredentials credentials() throws IOException {
        return TlsChannelCredentials.newBuilder()
                .keyManager(certificate, key)
                .trustManager(ca)
                .build();
    }

    /** @throws IOException with a whole sentence, if the file cannot be read or holds none */
    Token readToken() throws IOException {
        try (FileInputStream from = new FileInputStream(token)) {
            return Token.of(new String(from.readNBytes(LARGEST_BYTES), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IOException("the token cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("the file " + token + " " + e.getMessage(), e);
        }
    }
}
