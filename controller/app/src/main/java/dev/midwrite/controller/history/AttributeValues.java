package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.EventType;
import dev.midwrite.event.OperationKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One attribute of one session under a load of others: which of its values that went to the store were written by the application,
 * and which of those that came back can be told apart from all others.
 *
 * <p>What a request sends back as it had loaded it, without setting it, is no write: a repository that stores the whole session
 * does that. Where a journal does not tell what the application sets, all that is sent is taken for written. Equal digests may be equal values that were written twice, so neither those writes nor those reads are told:
 * what is left without all operations of a value has an order if the whole has one. A value that nobody sent was sent by somebody
 * whose journal is not here: then nothing of the attribute is told.
 */
final class AttributeValues {
    private final long name;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Loaded> loaded = new ArrayList<>();

    AttributeValues(long name) {
        this.name = name;
    }

    /** It went to the store; {@code by} is null if nobody knows in which request. */
    private record Sent(Entry command, FrontRequest by, long digest) {}

    private record Loaded(FrontRequest by, long digest) {}

    /**
     * The application wrote it.
     *
     * @param by null if nobody knows in which request
     */
    record Written(OperationKind kind, Entry command, FrontRequest by, long digest) {}

    /** A request was served from it; {@link EventType#EMPTY} if there was nothing. */
    record Read(FrontRequest by, long digest) {}

    /** @param undecided reads that cannot be told apart from others */
    record Told(List<Written> writes, List<Read> reads, long undecided) {}

    void sent(Entry command, FrontRequest by, long digest) {
        sent.add(new Sent(command, by, digest));
    }

    /** @param by null if nobody knows in which request */
    void loaded(FrontRequest by, long digest) {
        loaded.add(new Loaded(by, digest));
    }

    Told told() {
        Map<Long, List<Written>> byDigest = new HashMap<>();
        for (Written write : written()) {
            byDigest.computeIfAbsent(write.digest(), digest -> new ArrayList<>())
                    .add(write);
        }
        List<Read> reads = loaded.stream()
                .filter(load -> load.by() != null && load.by().answered())
                .map(load -> new Read(load.by(), load.digest()))
                .distinct()
                .toList();
        if (loaded.stream()
                .anyMatch(load -> load.digest() != EventType.EMPTY && !byDigest.containsKey(load.digest()))) {
            return new Told(List.of(), List.of(), reads.size());
        }
        byDigest.values().removeIf(writes -> writes.size() > 1 && writes.get(0).digest() != EventType.EMPTY);
        List<Read> apart = reads.stream()
                .filter(read -> read.digest() == EventType.EMPTY || byDigest.containsKey(read.digest()))
                .toList();
        return new Told(byDigest.values().stream().flatMap(List::stream).toList(), apart, reads.size() - apart.size());
    }

    /** One of each request and value. */
    private List<Written> written() {
        Map<FrontRequest, Set<Long>> known = new HashMap<>();
        loaded.forEach(
                load -> known.computeIfAbsent(load.by(), by -> new HashSet<>()).add(load.digest()));
        Map<FrontRequest, Set<Long>> done = new HashMap<>();
        List<Written> written = new ArrayList<>();
        for (Sent each : sent) {
            FrontRequest by = each.by();
            boolean back = by != null
                    && by.tellsSets()
                    && !by.sets().containsKey(name)
                    && known.getOrDefault(by, Set.of()).contains(each.digest());
            boolean again = by != null
                    && !done.computeIfAbsent(by, request -> new HashSet<>()).add(each.digest());
            if (!back && !again) {
                OperationKind kind = each.digest() == EventType.EMPTY ? OperationKind.REMOVE : OperationKind.WRITE;
                written.add(new Written(kind, each.command(), by, each.digest()));
            }
        }
        return written;
    }
}
