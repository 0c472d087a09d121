package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.probe.ProbeCheck;
import dev.midwrite.controller.probe.ProbeCheck.Line;
import dev.midwrite.controller.probe.ProbeCheck.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite probe check}. */
@Command(
        name = "check",
        description = {
            "Check whether a probe, in whatever language, keeps its contract (docs/probe.md).",
            "Prints one line for each requirement, with what came where it is not met."
        },
        mixinStandardHelpOptions = true)
final class ProbeCheckCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "Where it is mounted, such as http://127.0.0.1:8080/probe.")
    private String url;

    @Option(names = "--tls-terminated", description = "Ask as a proxy does that took the request over https.")
    private boolean tlsTerminated;

    @Override
    public Integer call() throws InterruptedException {
        URI probe = address();
        listening(probe);
        PrintWriter out = spec.commandLine().getOut();
        List<Line> lines = new ProbeCheck(probe, tlsTerminated, TIMEOUT).run(line -> {
            out.println(shown(line));
            out.flush();
        });
        long unmet =
                lines.stream().filter(line -> line.outcome() == Outcome.UNMET).count();
        long met = lines.stream().filter(line -> line.outcome() == Outcome.MET).count();
        out.println(met + " of " + lines.size() + " requirements met.");
        out.flush();
        return unmet == 0 ? 0 : 1;
    }

    private static String shown(Line line) {
        return switch (line.outcome()) {
            case MET -> "pass       " + line.sentence();
            case UNMET -> "FAIL       " + line.sentence() + "\n           got " + line.got();
            case NOT_TRIED -> "not tried  " + line.sentence();
        };
    }

    private URI address() {
        try {
            URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ParameterException(
                spec.commandLine(), "'" + url + "' is no address of a probe, such as http://127.0.0.1:8080/probe.");
    }

    private static void listening(URI probe) {
        int port = probe.getPort() >= 0 ? probe.getPort() : "https".equals(probe.getScheme()) ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(probe.getHost(), port), (int) TIMEOUT.toMillis());
        } catch (IOException e) {
            throw new Problem("Nobody listens at " + probe.getHost() + ":" + port + ": " + e.getMessage() + ".", e);
        }
    }
}
