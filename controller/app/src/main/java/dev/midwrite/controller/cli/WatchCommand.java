package dev.midwrite.controller.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Edits;
import dev.midwrite.controller.history.RunProgress;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.history.StartFacts;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.live.LiveHistory;
import dev.midwrite.controller.live.LiveTally;
import dev.midwrite.controller.report.ReportFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite watch}. */
@Command(
        name = "watch",
        description = {
            "Follow a run from its directory, and print violations as they are found.",
            "Ends with the run, and with its exit code. Of a run that is over, prints what was to be seen."
        },
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 250;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description =
                    "The run's directory, or one above it, then the newest run in it; .midwrite/runs if not given.")
    private Path directory;

    @Option(
            names = "--follow",
            description =
                    "Show phase, seconds left, requests, violations and faults as they change; without a terminal a"
                            + " line a second.")
    private boolean screen;

    @Override
    public Integer call() throws InterruptedException {
        Bundle bundle = new Bundle(Runs.newest(directory == null ? Path.of(".midwrite", "runs") : directory));
        StartFacts facts = StartFile.read(bundle);
        String head = facts.drill() + " · profile "
                + facts.profile().name().toLowerCase(Locale.ROOT) + " · seed " + facts.seed() + " · "
                + bundle.directory();
        PrintWriter out = spec.commandLine().getOut();
        WatchView view = screen
                ? new WatchScreen(out, Installation.terminal(), head)
                : new WatchLine(new StatusLine(spec.commandLine().getErr(), Installation.terminal()), out, head);
        LiveTally found = new LiveTally(facts, new LiveTally.Teller() {
            @Override
            public void violation(Violation violation, String line) {
                view.say(line + "\n    " + violation.what());
            }

            @Override
            public void countedFromNowOn(String sentence) {
                view.say(sentence);
            }
        });
        try {
            follow(bundle, facts, found, view);
        } catch (Problem e) {
            throw new BrokeException(e.getMessage(), e);
        } catch (IOException e) {
            throw new BrokeException(bundle.users() + " cannot be followed: " + e.getMessage() + ".", e);
        }
        view.close();
        return verdict(bundle, found, out);
    }

    private void follow(Bundle bundle, StartFacts facts, LiveTally found, WatchView view)
            throws IOException, InterruptedException {
        boolean over = !StartFile.locked(bundle);
        while (!Files.exists(bundle.users())) {
            if (over) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            over = !StartFile.locked(bundle);
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (LiveHistory live = LiveHistory.open(bundle.users(), facts, temporary, found)) {
            while (true) {
                // Asked before reading: what a run that is over has written is all there is.
                over = !StartFile.locked(bundle);
                while (live.read()) {
                    view.show(RunProgress.read(bundle), live, found);
                }
                if (over) {
                    live.finish();
                    limits(live).forEach(view::say);
                }
                view.show(RunProgress.read(bundle), live, found);
                if (over) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** What was not seen, or may have been seen wrong. */
    private static List<String> limits(LiveHistory live) throws IOException {
        List<String> limits = new ArrayList<>();
        if (live.rest() > 0) {
            limits.add("The users' history ends with " + live.rest() + " bytes that are no whole operation.");
        }
        if (live.left() > 0) {
            limits.add(live.left() + " sessions grew too long to be judged here.");
        }
        if (live.late() > 0) {
            limits.add(live.late()
                    + " requests took so long that what was said of their sessions may have been too early.");
        }
        return limits;
    }

    private static int verdict(Bundle bundle, LiveTally found, PrintWriter out) {
        ReportFiles files = ReportFiles.in(bundle.directory());
        if (!Files.exists(files.verdict())) {
            throw new BrokeException("the run ended without a verdict.", null);
        }
        Edits edits = Seal.editsOfReport(bundle.directory());
        if (edits.edited()) {
            throw new BrokeException(edits.sentence(), null);
        }
        try {
            JsonNode verdict = new ObjectMapper().readTree(files.verdict().toFile());
            String word =
                    verdict.path("verdict").asText().toUpperCase(Locale.ROOT).replace('_', ' ');
            int exitCode = verdict.path("exitCode").asInt(ExitCode.BROKE);
            out.println();
            out.println(word + "  " + verdict.path("sentence").asText());
            out.println("Found while it ran: " + (found.words().isEmpty() ? "nothing" : found.words()) + ". Exit code "
                    + exitCode + ". Report: " + files.html());
            out.flush();
            return exitCode;
        } catch (IOException e) {
            throw new BrokeException(files.verdict() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
