package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Counts;
import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.journal.ChronicleJournal;
import dev.midwrite.agent.journal.JournalDirectory;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.meter.AgentMeters;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Incarnation;
import dev.midwrite.link.v1.Recording;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Opens the journal at the first order, and the gate over it. Belongs to the link's thread. */
final class RecordingSwitch {
    private final LinkSettings settings;
    private final Injections injections;
    private final Recorder recorder;
    private final AgentMeters meters;
    /** Written on the link's thread. */
    private volatile ChronicleJournal journal;

    private FileChannel owner;
    private byte[] key = {};
    private boolean contents;
    private boolean on;

    RecordingSwitch(LinkSettings settings, Injections injections, Recorder recorder, AgentMeters meters) {
        this.settings = settings;
        this.injections = injections;
        this.recorder = recorder;
        this.meters = meters;
    }

    /**
     * On, or on again with another key or other wishes: the answer says from which record.
     *
     * @param ofContents what sessions hold is to be journaled, as digests
     */
    Recording start(byte[] sessionKey, boolean ofContents) {
        if (on && (contents != ofContents || !Arrays.equals(key, sessionKey))) {
            stop(Ending.COMMAND);
        }
        contents = ofContents;
        String problem = on ? "" : open(sessionKey);
        return answer(problem);
    }

    Recording answer(String problem) {
        return Recording.newBuilder()
                .setOn(on)
                .setSeq(journal == null ? 0 : journal.nextSeq())
                .setProblem(problem)
                .build();
    }

    /** What is armed and needs no passage begins. */
    void armed(List<PointReport> points) {
        if (on) {
            Set<Point> woven = points.stream()
                    .filter(report -> report.state() == PointReport.State.WOVEN)
                    .map(PointReport::point)
                    .collect(Collectors.toSet());
            recorder.armed(woven::contains);
        }
    }

    /** As {@link Recorder#look}. */
    Supplier<List<KeptSessions>> look(String map) {
        return on ? recorder.look(map) : null;
    }

    /** Off, and why the journal took less than happened. */
    Recording stopped() {
        stop(Ending.COMMAND);
        boolean isShort = journal != null && !journal.isSealed();
        return answer(isShort ? "the journal takes nothing more: " + journal.closedBecause() : "");
    }

    private String open(byte[] sessionKey) {
        try {
            if (journal == null) {
                recorder.prepare();
                JournalDirectory directory = new JournalDirectory(settings.journal());
                owner = owner == null ? directory.claim(settings.incarnation()) : owner;
                journal = ChronicleJournal.open(
                        directory.of(settings.incarnation()),
                        new Incarnation(
                                settings.node(),
                                settings.incarnation(),
                                System.currentTimeMillis(),
                                System.nanoTime(),
                                ProcessHandle.current().pid()),
                        settings.journalBytes());
                meters.records(journal);
            }
            journal.unseal();
            if (!journal.closedBecause().isEmpty()) {
                return "the journal takes nothing more: " + journal.closedBecause();
            }
            String problem = recorder.start(meters.counting(journal), injections, sessionKey, contents);
            on = problem.isEmpty();
            key = sessionKey.clone();
            return problem;
        } catch (IOException
                | RuntimeException
                | Error e) { // Chronicle fails with errors where the JVM denies sun.misc.Unsafe.
            AgentLog.warn("the journal cannot be opened", e);
            return "the journal cannot be opened: " + e;
        }
    }

    /** Lifts all, closes the gate, and lets nothing more into the journal. Idempotent. */
    void stop(Ending ending) {
        if (on) {
            on = false;
            injections.lift(0, ending);
            recorder.stop();
            journal.seal();
        }
    }

    /** An injection has ended: the journal says what kept it from operations. On any thread. */
    void ended(Counts counts) {
        ChronicleJournal to = journal;
        if (to == null || counts.heldBack().isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        counts.heldBack()
                .forEach((reason, count) ->
                        lines.append(reason.word()).append('=').append(count).append('\n'));
        byte[] payload = lines.toString().getBytes(StandardCharsets.UTF_8);
        to.append(EventType.HELD_BACK, 0, 0, 0, 0, 0, 0, Edge.NONE, 0, 0, counts.injection(), payload);
    }

    boolean on() {
        return on;
    }

    /** Null before the first order. */
    ChronicleJournal journal() {
        return journal;
    }

    void close() {
        stop(Ending.COMMAND);
        if (journal != null) {
            journal.close();
            journal = null;
        }
        try {
            if (owner != null) {
                owner.close();
            }
        } catch (IOException e) {
            AgentLog.warn("the journal's mark cannot be taken back", e);
        }
    }
}
