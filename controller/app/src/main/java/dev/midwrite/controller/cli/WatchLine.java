package dev.midwrite.controller.cli;

import dev.midwrite.controller.history.RunProgress;
import dev.midwrite.controller.live.LiveHistory;
import dev.midwrite.controller.live.LiveTally;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Findings one below the other, and on a terminal a line below them that is written over. */
final class WatchLine implements WatchView {
    private final StatusLine status;
    private final PrintWriter out;

    WatchLine(StatusLine status, PrintWriter out, String head) {
        this.status = status;
        this.out = out;
        say(head);
        status.show("The nodes are starting; there are no users yet.");
    }

    @Override
    public void say(String text) {
        status.print(out, text);
    }

    @Override
    public void show(Optional<RunProgress> progress, LiveHistory live, LiveTally found) {
        status.show(String.format(
                Locale.ROOT,
                "%5.1f s  %s, %d requests in %d sessions",
                live.latest() / 1e9,
                found.words().isEmpty() ? "nothing found" : found.words(),
                live.operations(),
                live.sessions()));
    }

    @Override
    public void close() {
        status.show("");
    }
}
