package dev.midwrite.check.property;

import dev.midwrite.event.Mix;
import java.util.Comparator;
import java.util.List;

/**
 * What one replica holds of one session: its incarnation and, by attribute, which writes made the content. When it was last
 * used and when it will expire are left out, because they differ by nature.
 *
 * @param replica name of the node
 * @param incarnation nonce of the session; 0 if the replica holds no such session
 * @param items attributes that hold something, in any order; kept in the order of their numbers
 */
public record ReplicaDigest(String replica, long incarnation, List<Item> items) {

    public ReplicaDigest {
        items = items.stream().sorted(Comparator.comparingInt(Item::attribute)).toList();
    }

    /**
     * The content of one attribute.
     *
     * @param attribute number within the session
     * @param content digest over the ids of the writes that made it
     * @param version how many writes led to it; {@link #UNORDERED} if its place among the writes is not known
     */
    public record Item(int attribute, long content, long version) {
        public static final long UNORDERED = -1;
    }

    /** One number for all: replicas that agree have the same; versions are left out, since contents imply them. */
    public long digest() {
        long hash = Mix.mix(0, incarnation);
        for (Item item : items) {
            hash = Mix.mix(Mix.mix(hash, item.attribute()), item.content());
        }
        return hash;
    }
}
