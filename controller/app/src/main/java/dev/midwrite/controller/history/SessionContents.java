package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What journals say of the contents of sessions, and which ids were one session's. Filled while journals are read. */
final class SessionContents {
    private final List<Entry> records = new ArrayList<>();
    private final List<Entry> renamings = new ArrayList<>();
    private final Map<Long, Long> before = new HashMap<>();
    /** The values of {@link #before}: each is asked for, and a run may have many. */
    private final Set<Long> left = new HashSet<>();

    private final Set<Long> forked = new HashSet<>();
    private final Set<Long> unread = new HashSet<>();
    private final Map<Long, Long> ends = new HashMap<>();

    void add(Entry entry) {
        if (entry.event().type() == EventType.CONTENT) {
            records.add(entry);
            if (ContentDigest.read(entry.event().payload()).containsKey(ContentDigest.UNREAD)) {
                unread.add(entry.event().session());
            }
        } else if (Passage.renamed(entry)) {
            renamings.add(entry);
            rename(entry.event().session(), entry.event().digest());
        } else if (Passage.mayEnd(entry) && entry.kind() != PointKind.SESSION_RENAME) {
            long at = entry.error() == Long.MAX_VALUE ? Long.MIN_VALUE : entry.at() - entry.error();
            ends.merge(entry.event().session(), at, Math::min);
        }
    }

    private void rename(long old, long renamed) {
        if (old == renamed) {
            return;
        }
        boolean again = left.contains(old) || before.containsKey(renamed) || first(old) == renamed;
        if (again) {
            forked.add(first(old));
            forked.add(first(renamed));
        } else {
            before.put(renamed, old);
            left.add(old);
        }
    }

    /** CONTENT records, in the order of nodes, incarnations and sequence numbers. */
    List<Entry> records() {
        return List.copyOf(records);
    }

    /** Changes of ids. */
    List<Entry> renamings() {
        return List.copyOf(renamings);
    }

    /** The first id, by its hash, of the session that had this one. */
    long first(long session) {
        long first = session;
        while (before.containsKey(first)) {
            first = before.get(first);
        }
        return first;
    }

    /** Whether two ids came of one, so that there may be two of the session that had this id first. */
    boolean isForked(long first) {
        return forked.contains(first);
    }

    /** First ids of sessions of which something was sent that the agent could not read. */
    Set<Long> unread() {
        return unread.stream().map(this::first).collect(Collectors.toUnmodifiableSet());
    }

    /** When the sessions may have ended that had these first ids: the earliest moment on the users' clock. */
    Map<Long, Long> ends() {
        Map<Long, Long> ofFirst = new HashMap<>();
        ends.forEach((session, at) -> ofFirst.merge(first(session), at, Math::min));
        return ofFirst;
    }
}
