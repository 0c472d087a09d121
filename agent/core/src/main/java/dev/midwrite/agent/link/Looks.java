package dev.midwrite.agent.link;

import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.link.v1.Kept;
import dev.midwrite.link.v1.Look;
import dev.midwrite.link.v1.Looked;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks into maps when the controller asks, on a thread of its own, because a grid takes its time, and makes answers of
 * what is found. One after the other; what is asked while it looks is answered with a problem. Belongs to the link's thread.
 */
final class Looks {
    /** Of one message; some 14 bytes each, and messages of 4 MiB are taken. */
    static final int MOST_IN_ONE = 100_000;

    private final Consumer<Looked> answers;
    private Thread looking;

    /** @param answers takes them on any thread, in their order */
    Looks(Consumer<Looked> answers) {
        this.answers = answers;
    }

    /** @param how as {@link Recorder#look} */
    void look(Look asked, Supplier<List<KeptSessions>> how) {
        if (how == null) {
            answers.accept(failed(asked.getId(), "nothing is recorded there"));
        } else if (looking != null && looking.isAlive()) {
            answers.accept(failed(asked.getId(), "it is still looking"));
        } else {
            looking = new Thread(() -> run(asked.getId(), how), "midwrite-look");
            looking.setDaemon(true);
            looking.setContextClassLoader(Looks.class.getClassLoader());
            looking.start();
        }
    }

    private void run(long id, Supplier<List<KeptSessions>> how) {
        try {
            for (KeptSessions kept : how.get()) {
                tell(id, kept);
            }
            answers.accept(Looked.newBuilder().setId(id).setLast(true).build());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            AgentLog.warn("the maps of this process cannot be looked into", e);
            answers.accept(failed(id, e.getClass().getName()));
        }
    }

    private void tell(long id, KeptSessions kept) {
        Kept.Builder part = part(kept);
        for (Map.Entry<Long, Long> session : kept.leftMillis().entrySet()) {
            if (part.getSessionsCount() == MOST_IN_ONE) {
                answers.accept(Looked.newBuilder().setId(id).setKept(part).build());
                part = part(kept);
            }
            part.addSessions(session.getKey()).addLeftMillis(session.getValue());
        }
        answers.accept(Looked.newBuilder().setId(id).setKept(part).build());
    }

    private static Kept.Builder part(KeptSessions kept) {
        return Kept.newBuilder().setMap(kept.map()).setFamiliar(kept.familiar()).setProblem(kept.problem());
    }

    private static Looked failed(long id, String problem) {
        return Looked.newBuilder().setId(id).setLast(true).setProblem(problem).build();
    }

    /** Whoever is asked by it may not answer for long; nobody waits for that any more. */
    void close() {
        if (looking != null) {
            looking.interrupt();
        }
    }
}
