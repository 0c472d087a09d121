package dev.midwrite.check;

import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * What the nodes' journals prove of operations whose users got no answer. It decides whether such an operation counts,
 * and never excuses one that was acknowledged. Immutable.
 *
 * @param applied write ids that the store has answered for: such a write is effective, whether anybody saw it or not
 * @param parents by write id the version that the node had read when it made this one; 0 for none
 * @param absent operations, by write id or else by request id, that no node ever got: they have had no effect
 */
public record EffectEvidence(Set<Long> applied, Map<Long, Long> parents, Set<Long> absent) implements Serializable {
    public static final EffectEvidence NOTHING = new EffectEvidence(Set.of(), Map.of(), Set.of());

    /** The operation, as failed if it has had no effect; what an operation is known by depends on whether it has a value. */
    public UserOperation resolve(UserOperation o) {
        if (absent.isEmpty() || o.outcome() != Outcome.INFO || !absent.contains(id(o))) {
            return o;
        }
        return o.but().outcome(Outcome.FAIL).build();
    }

    /** What journals call it: a value's write id where it carries one, else the request's id. */
    public static long id(UserOperation operation) {
        return switch (operation.kind()) {
            case WRITE, UPDATE, WRITE_GROUP -> operation.value();
            default -> operation.request();
        };
    }

    public EffectEvidence {
        applied = Set.copyOf(applied);
        parents = Map.copyOf(parents);
        absent = Set.copyOf(absent);
    }
}
