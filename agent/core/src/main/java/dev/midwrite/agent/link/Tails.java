package dev.midwrite.agent.link;

import dev.midwrite.agent.journal.JournalDirectory;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.journal.JournalReader;
import dev.midwrite.link.v1.JournalPosition;
import dev.midwrite.link.v1.Tail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The journals that still have something for the controller: this incarnation's, and those of earlier ones that died
 * before all of theirs was acknowledged. Belongs to the link's thread but for {@link #awaitDone}.
 */
final class Tails {
    private final LinkSettings settings;
    private final JournalDirectory directory;
    private final Map<Long, Long> acknowledged = new HashMap<>();
    private final List<JournalTail> open = new ArrayList<>();
    private final Set<Long> done = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();

    Tails(LinkSettings settings) {
        this.settings = settings;
        this.directory = new JournalDirectory(settings.journal());
    }

    /** Earlier incarnations to send; those beyond the number to keep are deleted, oldest first. */
    List<JournalPosition> earlier() {
        List<JournalPosition> positions = new ArrayList<>();
        try {
            List<Long> earlier = directory.earlier(settings.incarnation());
            for (int i = 0; i < earlier.size(); i++) {
                long incarnation = earlier.get(i);
                if (i < earlier.size() - settings.journalKeep()) {
                    directory.delete(incarnation);
                    AgentLog.warn(
                            "deleted the journal of an earlier incarnation: more than " + settings.journalKeep()
                                    + " are not acknowledged",
                            null);
                } else {
                    positions.add(JournalPosition.newBuilder()
                            .setIncarnation(incarnation)
                            .setNextSeq(directory.acknowledged(incarnation))
                            .build());
                }
            }
        } catch (IOException e) {
            AgentLog.warn("earlier journals cannot be listed", e);
        }
        return positions;
    }

    /** The controller says what it has; for an earlier incarnation this opens its journal. */
    void has(long incarnation, long nextSeq) {
        acknowledged.put(incarnation, nextSeq);
        if (incarnation != settings.incarnation()) {
            open(incarnation, nextSeq, true);
        }
    }

    /** This incarnation's journal exists; opens it if it is not open. */
    void own(long incarnation) {
        if (!done.contains(incarnation) && open.stream().noneMatch(tail -> tail.incarnation() == incarnation)) {
            open(incarnation, acknowledged.getOrDefault(incarnation, 0L), ended.contains(incarnation));
        }
    }

    private void open(long incarnation, long from, boolean isOver) {
        try {
            if (!JournalReader.holdsQueue(directory.of(incarnation))) {
                return;
            }
            JournalTail tail = JournalTail.open(incarnation, directory.of(incarnation), from);
            if (isOver) {
                tail.end();
            }
            open.add(tail);
        } catch (IOException e) {
            AgentLog.warn("a journal cannot be read", e);
        }
    }

    /** Nothing more will be written by this incarnation. */
    void end(long incarnation) {
        ended.add(incarnation);
        open.stream().filter(tail -> tail.incarnation() == incarnation).forEach(JournalTail::end);
    }

    /** More will be written by this incarnation after all. */
    void resume(long incarnation) {
        ended.remove(incarnation);
        synchronized (done) {
            done.remove(incarnation);
        }
        open.stream().filter(tail -> tail.incarnation() == incarnation).forEach(JournalTail::resume);
    }

    void pump(BooleanSupplier ready, Consumer<Tail> send) {
        for (JournalTail tail : open) {
            while (ready.getAsBoolean()) {
                Tail next = tail.next();
                if (next == null) {
                    break;
                }
                send.accept(next);
            }
        }
    }

    void acknowledged(long incarnation, long nextSeq) {
        acknowledged.merge(incarnation, nextSeq, Math::max);
        for (Iterator<JournalTail> all = open.iterator(); all.hasNext(); ) {
            JournalTail tail = all.next();
            if (tail.incarnation() != incarnation) {
                continue;
            }
            tail.acknowledge(nextSeq);
            boolean over = tail.done();
            try {
                directory.acknowledge(incarnation, nextSeq);
                if (over) {
                    all.remove();
                    tail.close();
                    finish(incarnation);
                }
            } catch (IOException e) {
                AgentLog.warn("the acknowledged position cannot be kept; its records will be sent again", e);
            }
        }
    }

    private void finish(long incarnation) throws IOException {
        if (incarnation != settings.incarnation()) {
            directory.delete(incarnation);
        }
        synchronized (done) {
            done.add(incarnation);
            done.notifyAll();
        }
    }

    /** Waits until the controller has all of an ended incarnation; any thread. */
    void awaitDone(long incarnation, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (done) {
            for (long left = nanos; !done.contains(incarnation) && left > 0; left = deadline - System.nanoTime()) {
                done.wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        }
    }

    /** The stream is lost: what was on its way may not have arrived, so the next one starts where it was acknowledged. */
    void stop() {
        open.forEach(JournalTail::close);
        open.clear();
    }
}
