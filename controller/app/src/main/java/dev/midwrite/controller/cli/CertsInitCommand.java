package dev.midwrite.controller.cli;

import dev.midwrite.controller.identity.TryCertificates;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite certs init}. */
@Command(
        name = "init",
        description = "Make a small certificate authority for a try: for a controller, an agent, and each role.",
        mixinStandardHelpOptions = true)
final class CertsInitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Where agents and commands reach the controller, beside loopback. Any number of times.")
    private List<String> hosts = List.of();

    @Parameters(paramLabel = "DIR", description = "A new or empty directory.")
    private Path directory;

    @Override
    public Integer call() throws InterruptedException {
        List<String> names = TryCertificates.make(directory, hosts);
        PrintWriter out = spec.commandLine().getOut();
        out.println("In " + directory + ", for " + TryCertificates.DAYS
                + " days: ca.pem, and a .pem and a .key for each of " + String.join(", ", names) + ".");
        out.flush();
        return 0;
    }
}
