package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request that the front saw, and what the journal of the node that served it says of sessions.
 *
 * @param step as the front saw it
 * @param tellsSets this node's journal says what the application sets, so that absence from it means something
 * @param sets attributes that the application set, by the hash of the name, and the record that said so first
 * @param loads scopes in which a repository found a session
 * @param answer the record with which the answer began; {@link Long#MIN_VALUE} if there is none
 */
record FrontRequest(
        UserOperation step, String node, boolean tellsSets, Map<Long, Long> sets, Set<Long> loads, long answer) {
    /** Of the statuses of HTTP the first that says that nothing was done. */
    private static final int ERROR = 400;

    /**
     * Empty if it is not known which of several attempts did what.
     *
     * @param attempts all of one request that may have reached a node
     */
    static Optional<FrontRequest> of(List<UserOperation> attempts, JournalIndex journals, List<String> nodes) {
        if (attempts.size() != 1) {
            return Optional.empty();
        }
        UserOperation step = attempts.get(0);
        String node = NodeNames.of(step, nodes);
        List<Entry> entries = journals.ofRequest(step.request()).stream()
                .filter(entry -> entry.node().equals(node))
                .toList();
        if (entries.stream().filter(Passage::requestBegins).count() != 1
                || entries.stream().map(Entry::incarnation).distinct().count() != 1) {
            return Optional.empty();
        }
        Map<Long, Long> sets = new HashMap<>();
        Set<Long> loads = new HashSet<>();
        long answer = Long.MIN_VALUE;
        for (Entry entry : entries) {
            if (Passage.beginsSet(entry)) {
                sets.putIfAbsent(entry.event().digest(), entry.event().seq());
            } else if (Passage.loaded(entry)) {
                loads.add(entry.event().scope());
            } else if (Passage.responseBegins(entry) && answer == Long.MIN_VALUE) {
                answer = entry.event().seq();
            }
        }
        return Optional.of(new FrontRequest(step, node, journals.served().setsAttributes(node), sets, loads, answer));
    }

    long request() {
        return step.request();
    }

    boolean answered() {
        return step.outcome() == Outcome.OK;
    }

    /**
     * Whether its answer has promised that the attribute is saved.
     *
     * @param command the record of the command that took it to the store
     */
    boolean promises(long attribute, long command) {
        long change = sets.getOrDefault(attribute, command);
        return answered() && step.value() < ERROR && !step.is(UserOperation.ABSENT) && change < answer;
    }

    boolean overlaps(FrontRequest other) {
        return step.invoked() <= other.step.returned() && other.step.invoked() <= step.returned();
    }
}
