package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.property.Drift.Kind;
import dev.midwrite.check.property.ReplicaDigest.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static ReplicaDigest replica(String name, long incarnation, Item... items) {
        return new ReplicaDigest(name, incarnation, List.of(items));
    }

    private static Item item(int attribute, long content, long version) {
        return new Item(attribute, content, version);
    }

    @Test
    void equalDigestsWhateverTheOrderOfAttributes() {
        ReplicaDigest one = replica("a", 7, item(1, 10, 1), item(2, 20, 5));
        ReplicaDigest other = replica("b", 7, item(2, 20, Item.UNORDERED), item(1, 10, 1));
        assertThat(one.digest()).isEqualTo(other.digest());
        assertThat(Drift.among(List.of(one, other), true)).isEmpty();
        assertThat(replica("b", 8, item(1, 10, 1), item(2, 20, 5)).digest()).isNotEqualTo(one.digest());
        assertThat(replica("b", 7, item(1, 10, 1)).digest()).isNotEqualTo(one.digest());
        assertThat(replica("b", 7, item(1, 20, 1), item(2, 10, 5)).digest()).isNotEqualTo(one.digest());
    }

    @Test
    void missingSessions() {
        assertThat(Drift.among(List.of(replica("a", 7), replica("b", 0)), true))
                .containsExactly(new Drift(Kind.MISSING, -1, "b", "a", 0));
        assertThat(Drift.among(List.of(replica("a", 0), replica("b", 0)), true)).isEmpty();
    }

    @Test
    void sessionsThatHaveEnded() {
        assertThat(Drift.among(List.of(replica("a", 0), replica("b", 7, item(1, 10, 1))), false))
                .containsExactly(new Drift(Kind.EXTRA, -1, "b", "a", 0));
        assertThat(Drift.among(List.of(replica("a", 0), replica("b", 0)), false))
                .isEmpty();
    }

    @Test
    void anotherIncarnation() {
        assertThat(Drift.among(List.of(replica("a", 7), replica("b", 8)), true))
                .containsExactly(new Drift(Kind.CONFLICT, -1, "b", "a", 0));
    }

    @Test
    void olderVersions() {
        assertThat(Drift.among(List.of(replica("a", 7, item(1, 10, 4)), replica("b", 7, item(1, 11, 6))), true))
                .containsExactly(new Drift(Kind.BEHIND, 1, "a", "b", 2));
        assertThat(Drift.among(List.of(replica("a", 7, item(1, 10, 4)), replica("b", 7)), true))
                .containsExactly(new Drift(Kind.MISSING, 1, "b", "a", 4));
    }

    @Test
    void sameLengthOrUnknownOrderIsAConflict() {
        assertThat(Drift.among(List.of(replica("a", 7, item(1, 10, 4)), replica("b", 7, item(1, 11, 4))), true))
                .containsExactly(new Drift(Kind.CONFLICT, 1, "b", "a", 0));
        assertThat(Drift.among(
                        List.of(replica("a", 7, item(1, 10, 4)), replica("b", 7, item(1, 11, Item.UNORDERED))), true))
                .containsExactly(new Drift(Kind.CONFLICT, 1, "b", "a", 0));
    }

    @Test
    void everyReplicaAndAttributeThatDiffers() {
        assertThat(Drift.among(
                        List.of(
                                replica("a", 7, item(1, 10, 2), item(2, 20, 2)),
                                replica("b", 7, item(1, 9, 1), item(2, 20, 2)),
                                replica("c", 7, item(1, 10, 2), item(2, 19, 1))),
                        true))
                .containsExactly(new Drift(Kind.BEHIND, 1, "b", "a", 1), new Drift(Kind.BEHIND, 2, "c", "a", 1));
    }
}
