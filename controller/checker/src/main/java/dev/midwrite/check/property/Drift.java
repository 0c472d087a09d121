package dev.midwrite.check.property;

import dev.midwrite.check.property.ReplicaDigest.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How one replica differs from another.
 *
 * @param attribute number of the attribute; -1 if it is the session itself
 * @param replica the one that is worse off
 * @param other the one it is compared with: the one that is furthest ahead
 * @param versions by how many it is behind; 0 if that is not known or makes no sense
 */
public record Drift(Kind kind, int attribute, String replica, String other, long versions) {
    private static final int SESSION = -1;

    /** In what way. */
    public enum Kind {
        /** It does not hold what the other holds. */
        MISSING,
        /** It still holds a session that has ended. */
        EXTRA,
        /** It holds an older version. */
        BEHIND,
        /** It holds other content, and neither is known to be an older version. */
        CONFLICT
    }

    /**
     * All differences; none if all digests are equal. Session by session: a session that is missing or another one is not
     * compared any further.
     *
     * @param live the session has not ended
     */
    public static List<Drift> among(List<ReplicaDigest> replicas, boolean live) {
        List<Drift> drifts = new ArrayList<>();
        Optional<ReplicaDigest> holder =
                replicas.stream().filter(replica -> replica.incarnation() != 0).findFirst();
        if (holder.isEmpty()
                || replicas.stream().mapToLong(ReplicaDigest::digest).distinct().count() == 1) {
            return drifts;
        }
        ReplicaDigest first = holder.get();
        List<ReplicaDigest> alike = new ArrayList<>();
        for (ReplicaDigest replica : replicas) {
            if (replica.incarnation() == first.incarnation()) {
                alike.add(replica);
            } else if (replica.incarnation() != 0) {
                drifts.add(new Drift(Kind.CONFLICT, SESSION, replica.replica(), first.replica(), 0));
            } else {
                drifts.add(
                        live
                                ? new Drift(Kind.MISSING, SESSION, replica.replica(), first.replica(), 0)
                                : new Drift(Kind.EXTRA, SESSION, first.replica(), replica.replica(), 0));
            }
        }
        if (live) {
            attributes(alike).forEach(attribute -> compare(attribute, alike, drifts));
        }
        return drifts;
    }

    private static SortedSet<Integer> attributes(List<ReplicaDigest> replicas) {
        SortedSet<Integer> numbers = new TreeSet<>();
        replicas.forEach(replica -> replica.items().forEach(item -> numbers.add(item.attribute())));
        return numbers;
    }

    private static void compare(int attribute, List<ReplicaDigest> replicas, List<Drift> drifts) {
        ReplicaDigest ahead = null;
        Item best = null;
        for (ReplicaDigest replica : replicas) {
            Item item = item(replica, attribute);
            if (item != null && (best == null || item.version() > best.version())) {
                ahead = replica;
                best = item;
            }
        }
        for (ReplicaDigest replica : replicas) {
            Item item = item(replica, attribute);
            if (best != null && (item == null || item.content() != best.content())) {
                drifts.add(between(attribute, replica, item, ahead, best));
            }
        }
    }

    private static Drift between(int attribute, ReplicaDigest replica, Item item, ReplicaDigest ahead, Item best) {
        boolean placed = best.version() != Item.UNORDERED && (item == null || item.version() != Item.UNORDERED);
        long versions = placed ? best.version() - (item == null ? 0 : item.version()) : 0;
        Kind kind = item == null ? Kind.MISSING : versions > 0 ? Kind.BEHIND : Kind.CONFLICT;
        return new Drift(kind, attribute, replica.replica(), ahead.replica(), versions);
    }

    private static Item item(ReplicaDigest replica, int attribute) {
        return replica.items().stream()
                .filter(item -> item.attribute() == attribute)
                .findFirst()
                .orElse(null);
    }

    /** Such as "node-2 is 3 versions behind node-1 with register a". */
    public String sentence(String name) {
        return switch (kind) {
            case MISSING ->
                replica + " holds nothing of " + name + ", while " + other + " holds "
                        + (versions > 0 ? versions(versions) + " of it" : "it");
            case EXTRA -> replica + " still holds " + name + ", which has ended and is gone from " + other;
            case BEHIND -> replica + " is " + versions(versions) + " behind " + other + " with " + name;
            case CONFLICT ->
                replica + " and " + other + " hold different content of " + name
                        + ", and neither is known to be an older version of the other";
        };
    }

    private static String versions(long count) {
        return count == 1 ? "one version" : count + " versions";
    }
}
