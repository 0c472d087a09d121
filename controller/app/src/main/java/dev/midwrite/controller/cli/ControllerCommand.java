package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.CertificateFiles;
import dev.midwrite.controller.identity.CommandFile;
import dev.midwrite.controller.identity.OperatorToken;
import dev.midwrite.controller.identity.PublishedToken;
import dev.midwrite.controller.identity.Role;
import dev.midwrite.controller.identity.TokenHome;
import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetMetrics;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.event.Token;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midwrite controller}. */
@Command(
        name = "controller",
        description = {
            "Listen for agents and operators until Ctrl-C. Everything armed is lifted when it ends.",
            "Then it says what it saw: operations, sessions, faults, and the acknowledged requests that these struck."
        },
        mixinStandardHelpOptions = true)
final class ControllerCommand implements Callable<Integer> {
    /** Where a Prometheus looks that is set up as in {@code grafana/prometheus.yml}. */
    private static final int METRICS_PORT = 7071;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen; beyond loopback only with certificates; ${DEFAULT-VALUE} if not given.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + ControllerAddress.PORT,
            description = "0 for any free one; ${DEFAULT-VALUE} if not given.")
    private int port;

    @Option(
            names = "--token",
            paramLabel = "ROLE=FILE",
            description =
                    "Also lets in who shows the token in this file, with role watch, inject or crash; a random one"
                            + " is written if the file is not there. Any number of times.")
    private List<String> tokens = List.of();

    @Mixin
    private CertificateOptions certificates = new CertificateOptions();

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Of the scrape endpoint of the fleet, 0 for any free one; if not given, " + METRICS_PORT
                    + ", or any free one where that is in use.")
    private Integer metricsPort;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".midwrite/controller",
            description = "Where journals and the log of commands go; ${DEFAULT-VALUE} if not given.")
    private Path directory;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "Of the events on standard error, and of the first line: text, or json with one object a line.")
    private LogFormat format;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Reaper reaper = Reaper.install();
                ControllerMeters meters = new ControllerMeters()) {
            JournalStore journals = new JournalStore(directory.resolve("journals"));
            reaper.add("journals", journals::close);
            journals.listen(meters.journals());
            FleetLog log = new FleetLog(spec.commandLine().getErr(), format);
            journals.listen(log);
            FleetTally tally = new FleetTally();
            journals.listen(tally);
            AtomicBoolean listens = new AtomicBoolean();
            reaper.add("the account of what was seen", () -> {
                if (listens.get()) {
                    tally.lines().forEach(log::print);
                }
            });
            Fleet fleet = new Fleet(journals);
            reaper.add("fleet", fleet::close); // Before the account, so that what comes last is in it.
            meters.watch(fleet);
            fleet.listen(log);
            Token own = Token.random();
            LinkServer server = LinkServer.start(fleet, host, port, access(own, log));
            reaper.add("link", server::close);
            if (certificates.files().isEmpty()) {
                PublishedToken published = TokenHome.find().publish(own, server.address(), server.port());
                reaper.add("the token of commands", published::close);
            }
            FleetMetrics metrics = metrics(fleet, meters, log);
            reaper.add("metrics", metrics::close);
            String listening = "Listening on " + server.endpoint()
                    + ", metrics on http://127.0.0.1:" + metrics.port() + "/metrics, journals in "
                    + directory.resolve("journals") + ". Ctrl-C ends it.";
            out.println(
                    format == LogFormat.JSON
                            ? LogLine.now(Level.INFO, listening).in(format)
                            : listening);
            out.flush();
            listens.set(true);
            new CountDownLatch(1).await();
        }
        return 0;
    }

    /** A port that somebody asked for is theirs or none; that the usual one is in use ends no controller. */
    private FleetMetrics metrics(Fleet fleet, ControllerMeters meters, FleetLog log) {
        if (metricsPort != null) {
            return FleetMetrics.start(fleet, meters::scrape, metricsPort);
        }
        try {
            return FleetMetrics.start(fleet, meters::scrape, METRICS_PORT);
        } catch (Problem e) {
            log.warn(e.getMessage() + " A free port is taken.");
            return FleetMetrics.start(fleet, meters::scrape, 0);
        }
    }

    private Access access(Token own, FleetLog events) {
        Optional<CertificateFiles> files = certificates.files();
        CommandFile log = CommandFile.in(directory);
        if (files.isPresent()) {
            if (!tokens.isEmpty()) {
                throw new Problem("With certificates their OU says who has which role; leave --token out.");
            }
            return new Access(own, List.of(), files, log, events::warn);
        }
        List<OperatorToken> operators = new ArrayList<>(List.of(new OperatorToken("owner", Role.CRASH, own)));
        tokens.forEach(given -> operators.add(OperatorToken.given(given)));
        return Access.byToken(TokenHome.find().agents(), operators, log);
    }
}
