package dev.midwrite.controller.cli;

import dev.midwrite.controller.report.ShellWord;
import dev.midwrite.controller.survey.Findings;
import dev.midwrite.controller.survey.OutsideLook;
import dev.midwrite.controller.survey.PageAnswer;
import dev.midwrite.controller.survey.SessionStore.Kind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What {@code midwrite init} found, for people.
 *
 * @param out the drill that was written
 */
record InitReport(PrintWriter to, Path out) {

    /** What a visitor can see. */
    void tell(OutsideLook.Seen seen) {
        line("service", seen.server().isEmpty() ? "does not say what it is" : seen.server());
        line("cookie", seen.cookies().isEmpty() ? "none on these pages" : String.join("; and ", seen.cookies()));
        line("pages", seen.answers().stream().map(PageAnswer::words).collect(Collectors.joining(", ")));
        line("not seen", "Session layer, store, time to live: that takes the agent. Nothing restarts it yet.");
        to.println();
        to.println(
                "Wrote " + out + ": a visitor through a front for twenty seconds, in which nothing is broken. Next:");
        to.println("    ./midwrite drill run " + ShellWord.of(out));
        to.flush();
    }

    /** @param remarks sentences about what nodes of the drill do without */
    void tell(Findings found, List<String> remarks) {
        line("service", found.container() + ", " + found.process());
        line("sessions", found.layer());
        line("store", found.store().words());
        line("time to live", found.ttl().map(InitReport::words).orElse("not seen; 30 min are assumed"));
        if (found.idHeader().isEmpty()) {
            line("cookie", String.join("; and ", found.cookies()));
        } else {
            line("cookie", "none holds the session: its id comes and goes in the header " + found.idHeader());
        }
        line("pages", found.pages().stream().map(PageAnswer::words).collect(Collectors.joining(", ")));
        String heading = "not seen";
        for (String sentence : found.unseen()) {
            line(heading, sentence);
            heading = "";
        }
        heading = "a copy";
        for (String sentence : remarks) {
            line(heading, sentence);
            heading = "";
        }
        to.println();
        if (found.store().kind() == Kind.UNSEEN) {
            to.println("Wrote " + out + ": two nodes, users for one minute, a restart, a kill. Next:");
            to.println("    ./midwrite drill run " + ShellWord.of(out));
        } else {
            to.println("Wrote " + out + ": two nodes, users for one minute, slow saves, a restart, a kill. Next:");
            to.println("    ./midwrite try" + (out.equals(Path.of(InitCommand.FILE)) ? "" : " " + ShellWord.of(out)));
        }
        to.flush();
    }

    private void line(String heading, String text) {
        to.println(String.format(Locale.ROOT, "%-12s  %s", heading, text).stripTrailing());
    }

    private static String words(Duration ttl) {
        if (ttl.isNegative()) {
            return "none: sessions never end by themselves";
        }
        return ttl.toSeconds() % 60 == 0 ? ttl.toMinutes() + " min" : ttl.toSeconds() + " s";
    }
}
