package dev.midwrite.controller.probe;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Does a probe keep its contract ({@code docs/probe.md})? Each requirement has sessions of its own, so that what is wrong
 * is reported where it is wrong. Used once, by one thread.
 */
public final class ProbeCheck {

    /** What came of a requirement. */
    public enum Outcome {
        MET,
        UNMET,
        /** Something that it needs was not met. */
        NOT_TRIED
    }

    /**
     * One requirement.
     *
     * @param sentence what the probe must do
     * @param got what came instead; empty unless unmet
     */
    public record Line(String sentence, Outcome outcome, String got) {}

    private final ProbeConnection connection;
    private final URI probe;
    private final boolean tlsTerminated;
    private final AtomicLong requests = new AtomicLong();

    /**
     * @param probe where it is mounted, such as {@code http://127.0.0.1:8080/probe}
     * @param tlsTerminated whether to ask as a proxy does that took the request over https
     * @param timeout of one request
     */
    public ProbeCheck(URI probe, boolean tlsTerminated, Duration timeout) {
        this.connection = new ProbeConnection(timeout);
        this.probe = probe;
        this.tlsTerminated = tlsTerminated;
    }

    /** Blocks until all is tried; hears of each line as it is known. */
    public List<Line> run(Consumer<Line> listener) throws InterruptedException {
        List<Line> lines = new ArrayList<>();
        boolean open = true;
        for (Requirement requirement : Requirement.ALL) {
            Line line = open ? tried(requirement) : new Line(requirement.sentence(), Outcome.NOT_TRIED, "");
            open &= !(requirement.gate() && line.outcome() == Outcome.UNMET);
            lines.add(line);
            listener.accept(line);
        }
        return lines;
    }

    private Line tried(Requirement requirement) throws InterruptedException {
        try {
            requirement.trial().on(new Visitor(connection, probe, tlsTerminated, requests));
            return new Line(requirement.sentence(), Outcome.MET, "");
        } catch (Unmet e) {
            return new Line(requirement.sentence(), Outcome.UNMET, e.getMessage());
        }
    }
}
