package dev.midwrite.controller.incident;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.GateResult;
import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** All incidents that there are, by name. */
public final class Incidents {
    /** A row of the index, which names the page. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[([a-z0-9-]+)]\\(\\1\\.md\\) ");

    private static final Incidents SHIPPED = read();

    private final List<Incident> all;

    Incidents(List<Incident> all) {
        this.all = List.copyOf(all);
    }

    /** Those of this build. */
    public static Incidents shipped() {
        return SHIPPED;
    }

    public List<Incident> all() {
        return all;
    }

    /** @throws Problem if there is none of this name */
    public Incident named(String name) {
        return all.stream()
                .filter(incident -> incident.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Problem("There is no incident '" + name + "'; ./midwrite incident list names them all."));
    }

    /**
     * What a finding is, if its cause says so of one incident alone, else what it may be.
     *
     * @param cause of the finding, as its card tells it
     */
    public Suspects suspects(Anomaly finding, String cause) {
        List<Incident> told =
                all.stream().filter(each -> each.toldBy(finding, cause)).toList();
        return told.isEmpty()
                ? new Suspects(
                        false,
                        all.stream().filter(each -> each.possible(finding)).toList())
                : new Suspects(told.size() == 1, told);
    }

    /** What a figure that misses its target may be; never proved, as a figure has no cause. None if it does not miss it. */
    public Suspects suspects(GateResult gate) {
        return new Suspects(
                false,
                all.stream()
                        .filter(each -> gate.state() == GateResult.State.MISSED
                                && each.misses().contains(gate.figure()))
                        .toList());
    }

    private static Incidents read() {
        return new Incidents(ROW.matcher(resource("README.md"))
                .results()
                .map(MatchResult::group)
                .map(row -> row.substring(row.indexOf('[') + 1, row.indexOf(']')))
                .map(name -> IncidentPage.read(name, resource(name + ".md")))
                .toList());
    }

    private static String resource(String file) {
        try (InputStream in = Incidents.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("this build has no incidents/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
