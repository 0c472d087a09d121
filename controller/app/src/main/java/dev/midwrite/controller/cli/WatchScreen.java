package dev.midwrite.controller.cli;

import dev.midwrite.controller.history.RunProgress;
import dev.midwrite.controller.live.LiveHistory;
import dev.midwrite.controller.live.LiveTally;
import dev.midwrite.event.Outcome;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The state of a run that goes on: on a terminal a screen that is written over, with the newest findings below; elsewhere a
 * line a second, and each finding.
 */
final class WatchScreen implements WatchView {
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final int MOST_FINDINGS = 8;
    private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS = 1e9;

    private final PrintWriter out;
    private final boolean terminal;
    private final String head;
    private final Deque<String> findings = new ArrayDeque<>();
    private Map<String, String> rows = Map.of();
    private String said = "";
    private long saidAt = System.nanoTime() - PLAIN_NANOS;

    /** @param head which run it is */
    WatchScreen(PrintWriter out, boolean terminal, String head) {
        this.out = out;
        this.terminal = terminal;
        this.head = head;
        if (!terminal) {
            out.println(head);
            out.flush();
        }
    }

    @Override
    public void say(String text) {
        findings.addLast(text);
        if (findings.size() > MOST_FINDINGS) {
            findings.removeFirst();
        }
        if (terminal) {
            draw();
        } else {
            out.println(text);
            out.flush();
        }
    }

    @Override
    public void show(Optional<RunProgress> progress, LiveHistory live, LiveTally found) {
        Map<String, String> now = new LinkedHashMap<>();
        now.put("phase", progress.map(run -> phase(run, live.latest())).orElse("unknown"));
        now.put(
                "requests",
                String.format(
                        Locale.ROOT,
                        "%.1f/s, %d ok, %d failed, %d unknown, in %d sessions",
                        live.throughput().perSecond(live.latest()),
                        live.throughput().of(Outcome.OK),
                        live.throughput().of(Outcome.FAIL),
                        live.throughput().of(Outcome.INFO),
                        live.sessions()));
        now.put("found", found.words().isEmpty() ? "nothing" : found.words());
        now.put("faults", progress.map(WatchScreen::faults).orElse("unknown"));
        rows = now;
        if (terminal) {
            draw();
        } else if (System.nanoTime() - saidAt >= PLAIN_NANOS) {
            line();
        }
    }

    /** The last state stays. */
    @Override
    public void close() {
        if (!terminal) {
            line();
        }
    }

    private static String phase(RunProgress run, long now) {
        return run.lasts() == 0
                ? run.phase()
                : String.format(Locale.ROOT, "%s, %.0f s left", run.phase(), run.left(now) / NANOS);
    }

    private static String faults(RunProgress run) {
        return run.faults().isEmpty()
                ? "none"
                : run.faults().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(fault -> fault.getValue() + " " + fault.getKey())
                        .collect(Collectors.joining(", "));
    }

    private void line() {
        String line = rows.entrySet().stream()
                .map(row -> row.getKey() + " " + row.getValue())
                .collect(Collectors.joining("; "));
        if (!line.equals(said)) {
            out.println(line);
            out.flush();
            said = line;
            saidAt = System.nanoTime();
        }
    }

    private void draw() {
        StringBuilder screen = new StringBuilder(head).append("\n\n");
        rows.forEach((name, value) -> screen.append(String.format(Locale.ROOT, "%-10s%s%n", name, value)));
        screen.append('\n');
        findings.forEach(finding -> screen.append(finding).append('\n'));
        TerminalWriter.control(out, CLEAR);
        out.print(screen);
        out.flush();
    }
}
