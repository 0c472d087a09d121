package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.journal.ChronicleJournal;
import dev.midwrite.agent.journal.JournalDirectory;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.event.Incarnation;
import dev.midwrite.link.v1.Recording;
import java.util.Optional;

/** Opens the journal at the first order, and the gate over it. Belongs to the link's thread. */
final class RecordingSwitch {
    private final LinkSettings settings;
    private final Injections injections;
    private final Recorder recorder;
    private ChronicleJournal journal;
    private boolean on;

    RecordingSwitch(LinkSettings settings, Injections injections, Recorder recorder) {
        this.settings = settings;
        this.injections = injections;
        this.recorder = recorder;
    }

    Recording set(boolean wanted, byte[] sessionKey) {
        if (!wanted) {
            stop();
            return Recording.getDefaultInstance();
        }
        String problem = on ? "" : start(sessionKey);
        return Recording.newBuilder()
                .setOn(on)
                .setSeq(journal == null ? 0 : journal.nextSeq())
                .setProblem(problem)
                .build();
    }

    private String start(byte[] sessionKey) {
        try {
            if (journal == null) {
                recorder.prepare();
                journal = ChronicleJournal.open(
                        new JournalDirectory(settings.journal()).of(settings.incarnation()),
                        new Incarnation(
                                settings.node(),
                                settings.incarnation(),
                                System.currentTimeMillis(),
                                System.nanoTime(),
                                ProcessHandle.current().pid()),
                        settings.journalBytes());
            }
            if (!journal.closedBecause().isEmpty()) {
                return "the journal takes nothing more: " + journal.closedBecause();
            }
            String problem = recorder.start(journal, injections, sessionKey);
            on = problem.isEmpty();
            return problem;
        } catch (RuntimeException | Error e) { // Chronicle fails with errors where the JVM denies sun.misc.Unsafe.
            AgentLog.warn("the journal cannot be opened", e);
            return "the journal cannot be opened: " + e;
        }
    }

    private void stop() {
        if (on) {
            on = false;
            recorder.stop();
            injections.lift(0, Ending.COMMAND);
        }
    }

    boolean on() {
        return on;
    }

    Optional<ChronicleJournal> journal() {
        return Optional.ofNullable(journal);
    }

    void seal() {
        stop();
        if (journal != null) {
            journal.seal();
        }
    }

    void close() {
        stop();
        if (journal != null) {
            journal.close();
            journal = null;
        }
    }
}
