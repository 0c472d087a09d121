package dev.midwrite.check.search;

import dev.midwrite.check.Validity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order of the operations of one key, after Wing and Gong, and Lowe ("Testing for linearizability", 2017):
 * it walks along time, keeps all configurations that can still be reached, and places an operation only when a return
 * demands it. What makes many alternatives one is sound for every model:
 *
 * <ul>
 *   <li>an observation is placed as soon as the state allows it;
 *   <li>of open operations with the same effect the one that returns first goes first;
 *   <li>an open write that is overwritten at once is placed without being tried: it only may still take effect;
 *   <li>of two configurations in the same state, one that has at least the other's possibilities stands for both;
 *   <li>states that nobody observes any more are one state.
 * </ul>
 *
 * <p>Time and space are bounded: when there are more configurations than the budget allows, the rest is left out. What
 * is then still found true is true; otherwise the answer is unknown.
 */
public final class Search {
    private static final int FIRST_LIMIT = 64;
    private static final int LOOK_AHEAD_FROM = 32;

    private final List<Operation> operations;
    private final Model model;
    private final Timeline timeline;
    private final LookAhead lookAhead;
    private final OpenOperations open;
    private final int words;
    private final int limit;
    private final long deadline;
    private Frontier frontier;
    /** What was tried to place the operation that returned last. */
    private Frontier seen;

    private long now;
    private boolean cut;

    private Search(List<Operation> operations, Model model, Timeline timeline, int limit, long deadline) {
        this.operations = operations;
        this.model = model;
        this.timeline = timeline;
        this.limit = limit;
        this.deadline = deadline;
        lookAhead = new LookAhead(model, timeline);
        words = OpenOperations.words(timeline.slots);
        open = new OpenOperations(model, timeline.action, timeline.until, timeline.slots);
        frontier = new Frontier(open.observers, limit);
        frontier.add(Configuration.first(model.initial(), words));
        seen = frontier;
    }

    /** Decides within the budget; never throws for a history, however long or tangled. */
    public static SearchResult run(List<Operation> operations, Model model, Budget budget) {
        long deadline = System.nanoTime() + budget.time().toNanos();
        Timeline timeline = new Timeline(operations, model);
        // A narrow search finds most orders at once; only a wide one can say that there is none, unless counting can.
        int limit = Math.min(FIRST_LIMIT, budget.configurations());
        SearchResult result = new Search(operations, model, timeline, limit, deadline).decide();
        if (result.validity() == Validity.UNKNOWN) {
            Optional<SearchResult> refuted = model.refute(operations);
            if (refuted.isPresent()) {
                return refuted.get();
            }
        }
        while (result.validity() == Validity.UNKNOWN
                && limit < budget.configurations()
                && System.nanoTime() <= deadline) {
            limit = (int) Math.min(limit * 8L, budget.configurations());
            result = new Search(operations, model, timeline, limit, deadline).decide();
        }
        return result;
    }

    private SearchResult decide() {
        int placed = 0;
        for (int i = 0; i < timeline.size(); i++) {
            int operation = timeline.operation[i];
            now = timeline.time[i];
            switch (timeline.kind[i]) {
                case INVOKE -> invoke(operation);
                case DROP -> drop(operation);
                case RETURN -> {
                    Frontier before = frontier;
                    if (!place(operation)) {
                        return SearchResult.unknown("the time for the search is up", placed);
                    }
                    if (frontier.isEmpty()) {
                        return cut
                                ? SearchResult.unknown(
                                        "the search needs more than " + limit + " configurations", placed)
                                : impossible(operation, before, placed);
                    }
                    open.close(operation);
                    frontier = lookAhead.prune(frontier, i, LOOK_AHEAD_FROM, open.observers, limit);
                    if (frontier.isEmpty()) {
                        return cut
                                ? SearchResult.unknown(
                                        "the search needs more than " + limit + " configurations", placed)
                                : impossible(lookAhead.obstacle(i), before, placed);
                    }
                    placed++;
                }
            }
        }
        return SearchResult.valid(operations.size());
    }

    private void invoke(int operation) {
        int slot = open.open(operation);
        boolean observes = open.role(slot) == Model.Role.OBSERVES;
        for (Configuration each : frontier) {
            if (!timeline.certain[operation]) {
                each.may[slot >> 6] |= 1L << slot;
            } else if (!observes || model.step(each.state, timeline.action[operation]) == Model.REFUSED) {
                each.must[slot >> 6] |= 1L << slot;
            }
        }
    }

    private void drop(int operation) {
        int slot = open.slotOf(operation);
        open.close(operation);
        Frontier next = new Frontier(open.observers, limit);
        for (Configuration each : frontier) {
            each.clear(slot);
            next.add(each);
        }
        frontier = next;
    }

    /** The operation returns: all configurations in which it has been placed. @return false if time is up */
    private boolean place(int operation) {
        int slot = open.slotOf(operation);
        int action = timeline.action[operation];
        Model.Role role = model.role(action);
        Frontier next = new Frontier(open.observers, limit);
        seen = new Frontier(open.observers, limit);
        ArrayDeque<Configuration> queue = new ArrayDeque<>();
        for (Configuration each : frontier) {
            Configuration start = alive(each.state) == each.state ? each : each.copy(alive(each.state));
            boolean must = start.must(slot);
            if (must || start.may(slot)) {
                if (seen.add(start)) {
                    queue.add(start);
                }
            }
            if (!must) {
                emit(next, start, slot);
            }
        }
        while (!queue.isEmpty()) {
            Configuration from = queue.poll();
            if (System.nanoTime() > deadline) {
                return false;
            }
            if (role != Model.Role.OBSERVES) {
                int state = step(from, action);
                boolean pointless =
                        (state == Model.UNSEEN && !from.must(slot)) || (from.idle && role == Model.Role.OVERWRITES);
                if (state != Model.REFUSED && !pointless) {
                    emit(next, take(from, slot, state), slot);
                }
            }
            IntList actions = open.changing();
            for (int i = 0; i < actions.size(); i++) {
                int other = actions.get(i);
                int state = step(from, other);
                if (state == Model.REFUSED || (from.idle && model.role(other) == Model.Role.OVERWRITES)) {
                    continue;
                }
                int must = open.firstThatMust(from, other);
                if (must >= 0
                        && must != slot
                        && !(state == Model.UNSEEN && model.role(other).total())) {
                    reach(from, must, state, slot, next, queue);
                }
                int may = open.firstThatMay(from, other, must);
                if (may >= 0 && may != slot && state != Model.UNSEEN) {
                    reach(from, may, state, slot, next, queue);
                }
            }
        }
        next.trim();
        cut |= next.cut() || seen.cut();
        frontier = next;
        return true;
    }

    private void reach(
            Configuration from, int taken, int state, int wanted, Frontier next, ArrayDeque<Configuration> queue) {
        Configuration to = take(from, taken, state);
        if (from.must(wanted) && !to.must(wanted)) {
            emit(next, to, wanted);
        }
        if ((to.must(wanted) || to.may(wanted)) && seen.add(to)) {
            queue.add(to);
        }
    }

    private void emit(Frontier next, Configuration placed, int slot) {
        Configuration without = placed.copy(placed.state);
        without.clear(slot);
        next.add(without);
    }

    private int step(Configuration from, int action) {
        int state = model.step(from.state, action);
        return state == Model.REFUSED ? state : alive(state);
    }

    private int alive(int state) {
        return model.lastSeen(state) < now ? Model.UNSEEN : state;
    }

    /** Lets the operation in {@code slot} take effect, and every open observation that the new state allows. */
    private Configuration take(Configuration from, int slot, int state) {
        long[] must = from.must.clone();
        long[] may = from.may.clone();
        must[slot >> 6] &= ~(1L << slot);
        may[slot >> 6] &= ~(1L << slot);
        Model.Role role = open.role(slot);
        if (role == Model.Role.OVERWRITES) {
            for (int i = 0; i < words; i++) {
                may[i] |= must[i] & open.total[i];
                must[i] &= ~open.total[i];
            }
        }
        boolean idle = role.total();
        IntList observing = open.observing();
        for (int i = 0; i < observing.size(); i++) {
            int observer = observing.get(i);
            if ((must[observer >> 6] & 1L << observer) != 0
                    && model.step(state, open.actionIn(observer)) != Model.REFUSED) {
                must[observer >> 6] &= ~(1L << observer);
                idle = false;
            }
        }
        return new Configuration(state, must, may, open.operationIn(slot), idle);
    }

    private SearchResult impossible(int operation, Frontier before, int placed) {
        Set<Integer> last = new LinkedHashSet<>();
        for (Configuration each : before) {
            last.add(each.last);
        }
        for (Configuration each : seen) {
            last.add(each.last);
        }
        List<Operation> witness = new ArrayList<>();
        for (int each : last) {
            if (each >= 0 && witness.size() < 3) {
                witness.add(operations.get(each));
            }
        }
        Operation obstacle = operations.get(operation);
        String sentence = Explanation.of(obstacle, witness, last.size(), placed);
        witness.add(obstacle);
        return new SearchResult(Validity.FALSE, List.copyOf(witness), open(obstacle, witness), sentence, placed);
    }

    /** What had been invoked when {@code obstacle} returned, and had not returned when that was invoked. */
    private List<Operation> open(Operation obstacle, List<Operation> witness) {
        return operations.stream()
                .filter(each -> each.invoked() < obstacle.returned() && each.returned() > obstacle.invoked())
                .filter(each ->
                        !(each.call() instanceof Call.Read) && witness.stream().noneMatch(w -> w == each))
                .sorted(Comparator.comparingLong(Operation::invoked))
                .toList();
    }
}
