package dev.midwrite.check.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A register that is read, written, and compared and set. A value that nobody observes is no state of its own. */
public final class RegisterModel implements Model {
    private static final long NOT_SEEN = Long.MIN_VALUE;

    private final Map<Call, Integer> actions = new HashMap<>();
    private final Role[] roles;
    private final int[] from;
    private final int[] to;
    private final long[] lastSeen;
    private final int initial;
    private final Object initialValue;

    /** @param initial the value before the first write; may be null, which is a value like any other */
    public RegisterModel(List<Operation> operations, Object initial) {
        Map<Object, Long> seen = lastObservations(operations);
        Map<Object, Integer> states = new HashMap<>();
        lastSeen = new long[seen.size() + 1];
        lastSeen[UNSEEN] = NOT_SEEN;
        seen.forEach((value, time) -> {
            states.put(value, states.size() + 1);
            lastSeen[states.size()] = time;
        });
        for (Operation operation : operations) {
            actions.putIfAbsent(operation.call(), actions.size());
        }
        roles = new Role[actions.size()];
        from = new int[actions.size()];
        to = new int[actions.size()];
        actions.forEach((call, action) -> {
            if (call instanceof Call.Read read) {
                set(action, Role.OBSERVES, read.value(), read.value(), states);
            } else if (call instanceof Call.Write write) {
                set(action, Role.OVERWRITES, write.value(), write.value(), states);
            } else if (call instanceof Call.CompareAndSet cas) {
                boolean same = Objects.equals(cas.expected(), cas.next());
                set(action, same ? Role.OBSERVES : Role.CONDITIONAL, cas.expected(), cas.next(), states);
            } else {
                throw new IllegalArgumentException("a register cannot " + call);
            }
        });
        this.initial = states.getOrDefault(initial, UNSEEN);
        this.initialValue = initial;
    }

    /**
     * For each value the last time at which a user saw it. An indeterminate compare-and-set has seen its value only if
     * somebody saw what it may have written: hence the fixed point.
     */
    private static Map<Object, Long> lastObservations(List<Operation> operations) {
        Map<Object, Long> seen = new HashMap<>();
        Map<Object, List<Object>> indeterminate = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.indeterminate()) {
                if (operation.call() instanceof Call.CompareAndSet cas) {
                    List<Object> sources = indeterminate.computeIfAbsent(cas.next(), v -> new ArrayList<>());
                    if (!sources.contains(cas.expected())) {
                        sources.add(cas.expected());
                    }
                }
            } else if (operation.call() instanceof Call.Read read) {
                seen.merge(read.value(), operation.returned(), Math::max);
            } else if (operation.call() instanceof Call.CompareAndSet cas) {
                seen.merge(cas.expected(), operation.returned(), Math::max);
            }
        }
        List<Object> changed = new ArrayList<>(seen.keySet());
        while (!changed.isEmpty()) {
            Object value = changed.remove(changed.size() - 1);
            long time = seen.get(value);
            for (Object source : indeterminate.getOrDefault(value, List.of())) {
                if (seen.getOrDefault(source, NOT_SEEN) < time) {
                    seen.put(source, time);
                    changed.add(source);
                }
            }
        }
        return seen;
    }

    private void set(int action, Role role, Object expected, Object next, Map<Object, Integer> states) {
        roles[action] = role;
        from[action] = states.getOrDefault(expected, REFUSED);
        to[action] = states.getOrDefault(next, UNSEEN);
    }

    @Override
    public int initial() {
        return initial;
    }

    @Override
    public int action(Call call) {
        return actions.get(call);
    }

    @Override
    public Role role(int action) {
        return roles[action];
    }

    @Override
    public int step(int state, int action) {
        return roles[action] == Role.OVERWRITES || from[action] == state ? to[action] : REFUSED;
    }

    @Override
    public long lastSeen(int state) {
        return lastSeen[state];
    }

    @Override
    public boolean leads(int state, int action) {
        return state != UNSEEN;
    }

    @Override
    public long lastUseful(int action) {
        return lastSeen[to[action]];
    }

    @Override
    public Optional<SearchResult> refute(List<Operation> operations) {
        return Balance.refute(operations, initialValue);
    }
}
