package dev.midwrite.check.format;

import dev.midwrite.check.Validity;
import dev.midwrite.check.search.Budget;
import dev.midwrite.check.search.Call;
import dev.midwrite.check.search.Operation;
import dev.midwrite.check.search.Search;
import dev.midwrite.check.search.SearchResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history that was read from a file: for each key the operations that took or may have taken effect. */
public final class ForeignHistory {
    private final HistoryObject object;
    private final Map<Object, List<Operation>> byKey;
    private final int operations;

    ForeignHistory(HistoryObject object, Map<Object, List<Operation>> byKey, int operations) {
        this.object = object;
        this.byKey = byKey;
        this.operations = operations;
    }

    /** How many operations were invoked, failed ones included. */
    public int operations() {
        return operations;
    }

    public int keys() {
        return byKey.size();
    }

    /** The key of a history of several keys that a false result is about; empty if there is only one. */
    public Optional<Object> keyOf(SearchResult result) {
        return byKey.entrySet().stream()
                .filter(each -> byKey.size() > 1 && !result.witness().isEmpty())
                .filter(each -> each.getValue().stream()
                        .anyMatch(operation -> operation
                                == result.witness().get(result.witness().size() - 1)))
                .<Object>map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The number that the operation which cannot be placed found in its register, if nobody ever wrote it: then the register
     * may have begun with it. Empty if somebody did, or if the history is not of registers of numbers.
     */
    public Optional<Long> unwritten(SearchResult result) {
        if (result.witness().isEmpty()) {
            return Optional.empty();
        }
        Operation obstacle = result.witness().get(result.witness().size() - 1);
        Object found = obstacle.call() instanceof Call.Read read
                ? read.value()
                : obstacle.call() instanceof Call.CompareAndSet swap ? swap.expected() : null;
        if (!(found instanceof Long number)) {
            return Optional.empty();
        }
        boolean written = byKey.values().stream()
                .filter(key -> key.contains(obstacle))
                .flatMap(List::stream)
                .map(Operation::call)
                .anyMatch(call -> (call instanceof Call.Write write && number.equals(write.value()))
                        || (call instanceof Call.CompareAndSet swap && number.equals(swap.next())));
        return written ? Optional.empty() : Optional.of(number);
    }

    /**
     * Linearizable? A history is if each of its keys is.
     *
     * @param budget for each key
     * @return the result of the worst key: the first that is false, else the first that is unknown
     */
    public SearchResult judge(Budget budget) {
        SearchResult worst = null;
        int placed = 0;
        for (List<Operation> key : byKey.values()) {
            SearchResult result = Search.run(key, object.model(key), budget);
            if (result.validity() == Validity.FALSE) {
                return result;
            }
            placed += result.placed();
            if (worst == null || result.validity().compareTo(worst.validity()) > 0) {
                worst = result;
            }
        }
        if (worst == null || worst.validity() == Validity.TRUE) {
            return SearchResult.valid(placed);
        }
        return worst;
    }
}
