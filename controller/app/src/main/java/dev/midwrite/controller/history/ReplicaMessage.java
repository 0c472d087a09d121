package dev.midwrite.controller.history;

import dev.midwrite.check.fleet.Arrival;
import dev.midwrite.check.fleet.ReplicatedWrite.Asked;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What went to one other node, or came from it, as one of the two journaled it. Moments are nanoseconds on the users' clock.
 *
 * @param sent else it came
 * @param peer the other node's address
 * @param session keyed hash of its id
 * @param identity the same on both nodes; 0 if the library has none
 * @param words what it is in the library's words, then what is known of it
 * @param request of the user for whom it was sent; 0 for none
 * @param begun number of its first record in its journal, at {@code begunAt} give or take {@code error}
 * @param done number of the record with which the call that was made ended; -1 if none was, or it failed
 * @param doneAt {@link Arrival#NEVER} with that
 * @param failed it was made, and threw
 * @param skipped it was not made, and its caller was let believe that it was; it may have been made later
 * @param injections that struck it
 */
record ReplicaMessage(
        String node,
        long incarnation,
        boolean sent,
        String peer,
        long session,
        long identity,
        String words,
        long request,
        long begun,
        long begunAt,
        long error,
        long done,
        long doneAt,
        boolean failed,
        boolean skipped,
        Set<Integer> injections) {

    /** One passage: a member of a cluster has one of its own, a step of a larger operation its number. */
    private record Key(long incarnation, long scope, int step) {}

    /** In the order of starts and sequence numbers. */
    static List<ReplicaMessage> of(List<Entry> entries) {
        Map<Key, List<Entry>> passages = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Key key = new Key(
                    entry.incarnation(), entry.event().scope(), entry.event().step());
            passages.computeIfAbsent(key, passage -> new ArrayList<>()).add(entry);
        }
        List<ReplicaMessage> messages = new ArrayList<>();
        passages.values()
                .forEach(passage -> passage.stream()
                        .filter(ReplicaMessage::begins)
                        .findFirst()
                        .ifPresent(begin -> messages.add(of(begin, passage))));
        return List.copyOf(messages);
    }

    private static boolean begins(Entry entry) {
        return entry.event().type() == EventType.OPERATION && entry.event().edge() == Edge.BEFORE;
    }

    private static ReplicaMessage of(Entry begin, List<Entry> passage) {
        Set<Integer> injections = new TreeSet<>();
        Entry done = null;
        boolean failed = false;
        boolean skipped = false;
        for (Entry entry : passage) {
            if (entry.event().type() == EventType.FAULT) {
                injections.add(entry.event().injection());
            } else if (entry.event().type() == EventType.OPERATION && !begins(entry)) {
                Outcome outcome = Outcome.of(entry.event().outcome());
                done = done == null && outcome == Outcome.OK ? entry : done;
                failed |= outcome == Outcome.FAIL;
                skipped |= outcome == Outcome.INFO;
            }
        }
        return new ReplicaMessage(
                begin.node(),
                begin.incarnation(),
                begin.kind() == PointKind.REPLICA_SEND,
                begin.peer(),
                begin.event().session(),
                begin.event().digest(),
                begin.text(),
                begin.event().request(),
                begin.event().seq(),
                begin.at(),
                begin.error(),
                done == null ? -1 : done.event().seq(),
                done == null ? Arrival.NEVER : done.at(),
                failed,
                skipped,
                injections);
    }

    /** Something of the session itself is in it. */
    boolean carries() {
        return identity != 0 || has("changes") || has("whole");
    }

    /** All of the session is in it: what came before need not have come. */
    boolean whole() {
        return has("whole");
    }

    boolean isDone() {
        return done >= 0;
    }

    Asked asked() {
        return has("ack=applied")
                ? Asked.APPLIED
                : has("ack=received") ? Asked.RECEIVED : has("ack=none") ? Asked.NOTHING : Asked.UNKNOWN;
    }

    private boolean has(String word) {
        return List.of(words.split(" ")).contains(word);
    }
}
