package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.CertificateFiles;
import dev.midwrite.controller.identity.OperatorEntrance;
import dev.midwrite.controller.identity.TokenHome;
import dev.midwrite.controller.serve.QuietNetty;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.OperatorGrpc;
import dev.midwrite.link.v1.OperatorGrpc.OperatorBlockingStub;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which controller an operator's command talks to, and as whom. */
final class ControllerAddress {
    static final int PORT = 7411;

    private static final Pattern ADDRESS = Pattern.compile("\\[?(?<host>[^\\[\\]]+)\\]?:(?<port>[0-9]{1,5})");

    @Option(
            names = "--controller",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:" + PORT,
            description = "Where the controller listens; ${DEFAULT-VALUE} if not given.")
    private String address;

    @Option(
            names = "--token",
            paramLabel = "FILE",
            description = "A token of a controller on loopback; not needed for one that you have started yourself.")
    private Path token;

    @Mixin
    private CertificateOptions certificates = new CertificateOptions();

    /** @throws Problem if nobody answers there, or plain text would leave this machine */
    void call(Consumer<OperatorBlockingStub> calls) {
        Matcher given = ADDRESS.matcher(address);
        if (!given.matches()) {
            throw new Problem("'" + address + "' is not HOST:PORT, such as 127.0.0.1:" + PORT + ".");
        }
        String host = given.group("host");
        int port = Integer.parseInt(given.group("port"));
        Optional<CertificateFiles> files = certificates.files();
        if (files.isPresent() && token != null) {
            throw new Problem("With certificates their OU says who has which role; leave --token out.");
        }
        Metadata headers = new Metadata();
        QuietNetty.settle();
        ManagedChannel channel;
        if (files.isEmpty()) {
            InetAddress address = loopback(host);
            shown(address, port)
                    .ifPresent(found -> headers.put(OperatorEntrance.HEADER, OperatorEntrance.SCHEME + found.text()));
            // As numbers: what the name stands for may change until it is looked up again.
            channel = open(address.getHostAddress(), port, InsecureChannelCredentials.create());
        } else {
            channel = encrypted(host, port, files.get());
        }
        try {
            calls.accept(OperatorGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                throw unavailable(files.isPresent(), e);
            }
            throw e;
        } finally {
            channel.shutdownNow();
        }
    }

    private static ManagedChannel encrypted(String host, int port, CertificateFiles files) {
        try {
            return open(host, port, files.client());
        } catch (IllegalArgumentException e) { // gRPC's word for a key that is none.
            throw files.unusable(e);
        }
    }

    private static ManagedChannel open(String host, int port, ChannelCredentials credentials) {
        return NettyChannelBuilder.forAddress(host, port, credentials).build();
    }

    /** Whether somebody listens there at all, the connection itself tells. */
    private Problem unavailable(boolean isEncrypted, StatusRuntimeException e) {
        if (isEncrypted) {
            return new Problem(
                    "no controller answers at " + address
                            + " with a certificate that this side trusts, and takes its own; start one with 'midwrite"
                            + " controller'.",
                    e);
        }
        return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                        .anyMatch(ConnectException.class::isInstance)
                ? new Problem("no controller answers at " + address + "; start one with 'midwrite controller'.", e)
                : new Problem(
                        "what listens at " + address + " does not speak plain text with commands; if it is a controller"
                                + " with certificates, give --certificate, --key and --ca.",
                        e);
    }

    private Optional<Token> shown(InetAddress host, int port) {
        return token == null ? TokenHome.find().operators(host, port) : Optional.of(TokenHome.read(token));
    }

    private static InetAddress loopback(String host) {
        try {
            InetAddress found = InetAddress.getByName(host);
            if (found.isLoopbackAddress()) {
                return found;
            }
        } catch (UnknownHostException e) {
            throw new Problem("There is no host " + host + ".", e);
        }
        throw new Problem("Without certificates a command talks to loopback only, not to " + host
                + "; give --certificate, --key and --ca, or use an ssh tunnel.");
    }
}
