package dev.midwrite.controller.cli;

import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetMetrics;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midwrite controller}. */
@Command(
        name = "controller",
        description = "Listen for agents and operators until Ctrl-C. Everything armed is lifted when it ends.",
        mixinStandardHelpOptions = true)
final class ControllerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + ControllerAddress.PORT,
            description = "On loopback; 0 for any free one; ${DEFAULT-VALUE} if not given.")
    private int port;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Of the scrape endpoint of the fleet; any free one if not given.")
    private int metricsPort;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".midwrite/controller",
            description = "Where journals go; ${DEFAULT-VALUE} if not given.")
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
            Fleet fleet = new Fleet(journals);
            reaper.add("fleet", fleet::close);
            meters.watch(fleet);
            FleetLog log = new FleetLog(spec.commandLine().getErr(), format);
            journals.listen(log);
            fleet.listen(log);
            LinkServer server = LinkServer.start(fleet, port);
            reaper.add("link", server::close);
            FleetMetrics metrics = FleetMetrics.start(fleet, meters::scrape, metricsPort);
            reaper.add("metrics", metrics::close);
            String listening = "Listening on 127.0.0.1:" + server.port() + ", metrics on http://127.0.0.1:"
                    + metrics.port() + "/metrics, journals in " + directory.resolve("journals") + ". Ctrl-C ends it.";
            out.println(
                    format == LogFormat.JSON
                            ? LogLine.now(Level.INFO, listening).in(format)
                            : listening);
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
