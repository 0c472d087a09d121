package dev.midwrite.controller.history;

import dev.midwrite.check.Property;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.WriteSave;
import dev.midwrite.check.fleet.WriteSave.Order;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Why a session is not what its user was told, beyond what happened to the witness requests themselves: nodes that ask no
 * store, saves that came after the answer, values that were never set, and an older copy that was saved over a newer one
 * or over the end of the session.
 */
final class SessionCauses {
    private final JournalIndex journals;
    private final List<String> nodes;
    private final Map<Long, WriteSave> saves = new HashMap<>();
    private final Map<Long, Set<Long>> requestsOf = new HashMap<>();

    SessionCauses(JournalIndex journals, List<String> nodes, List<WriteSave> writeSaves) {
        this.journals = journals;
        this.nodes = nodes;
        writeSaves.forEach(save -> saves.put(save.operation().request(), save));
        journals.requests()
                .forEach(request -> journals.sessionsOf(request)
                        .forEach(session -> requestsOf
                                .computeIfAbsent(session, key -> new TreeSet<>())
                                .add(request)));
    }

    /** Sentences, the most telling first. */
    List<String> of(Violation violation) {
        List<String> sentences = new ArrayList<>(befallenNodes(violation));
        sentences.addAll(inMemory(violation));
        for (UserOperation write : violation.witness()) {
            if (write.outcome() == Outcome.OK && SessionPersistence.writes(write.kind())) {
                sentences.addAll(overwritten(write));
                sentences.addAll(savedLate(write));
                sentences.addAll(neverSet(write));
            }
            if (write.outcome() == Outcome.OK) {
                sentences.addAll(broughtBack(write));
            }
        }
        return sentences;
    }

    /** What befell nodes, whatever operations passed, while they served the witness. */
    private List<String> befallenNodes(Violation violation) {
        Map<String, String> sentences = new LinkedHashMap<>(); // One for an injection, at however many points.
        for (UserOperation operation : violation.witness()) {
            for (Entry entry : journals.ofRequest(operation.request())) {
                journals.nodeFaultsAt(entry.incarnation(), entry.event().seq())
                        .forEach(fault -> sentences.putIfAbsent(
                                fault.node() + " " + fault.event().injection(), befallen(fault)));
            }
        }
        return List.copyOf(sentences.values());
    }

    private static String befallen(Entry fault) {
        long amount = fault.event().digest();
        String what = FaultKind.of(fault.event().outcome()) == FaultKind.CLOCK
                ? String.format(
                        Locale.ROOT,
                        "sessions read a clock that was %,d s %s",
                        Math.abs(amount) / 1_000_000_000,
                        amount < 0 ? "behind" : "ahead")
                : String.format(Locale.ROOT, "%,d bytes of the heap were kept in use", amount);
        return fault.node() + ": while it served this, " + what + " ("
                + FaultKind.of(fault.event().outcome()).label()
                + " at " + fault.point() + ", injection " + fault.event().injection() + ", journal record "
                + fault.event().seq() + ").";
    }

    private List<String> inMemory(Violation violation) {
        Property property = violation.anomaly().property();
        if (property == Property.COOKIE || property == Property.LOGOUT || property == Property.DUPLICATES) {
            // How a cookie is set, a login ended, or a request repeated, has nothing to do with where sessions are
            // kept.
            return List.of();
        }
        Set<String> without = new LinkedHashSet<>();
        long requests = 0;
        for (UserOperation operation : violation.witness()) {
            String node = node(operation);
            OptionalLong served = journals.served().withoutStore(node);
            if (served.isPresent() && without.add(node)) {
                requests += served.getAsLong();
            }
        }
        if (without.isEmpty()) {
            return List.of();
        }
        boolean one = without.size() == 1;
        if (without.stream().noneMatch(journals.served()::knowsSessions)) {
            // A command that no operation on a session sends is not journaled, so nothing is said of the store's
            // client.
            return List.of("In none of " + String.format(Locale.ROOT, "%,d", requests) + " requests of "
                    + String.join(" and ", without) + " was an operation on a session seen, nor a store asked by one: "
                    + (one ? "its" : "their") + " sessions are in " + (one ? "its" : "their")
                    + " memory, or in a store of the application's own, which a file of points makes known"
                    + " (docs/points/own-points.md).");
        }
        return List.of(String.join(" and ", without) + (one ? " asked" : " each asked") + " no store in any of "
                + (one ? "its " : "their ") + String.format(Locale.ROOT, "%,d", requests)
                + " requests (nothing was saved or sent to another node): " + (one ? "its" : "their")
                + " sessions are in " + (one ? "its" : "their") + " memory, and end with "
                + (one ? "it." : "them."));
    }

    private List<String> savedLate(UserOperation write) {
        WriteSave save = saves.get(write.request());
        if (save == null || save.order() == Order.SAVED_FIRST || save.order() == Order.UNKNOWN) {
            return List.of();
        }
        if (save.order() == Order.NEVER_SAVED) {
            return List.of(save.node() + " answered this write and never saved it.");
        }
        String thread = save.thread().isEmpty() ? "" : ", on thread '" + save.thread() + "'";
        return List.of(String.format(
                Locale.ROOT,
                "%s began the answer %.1f ms before the write was saved%s%s.",
                save.node(),
                save.gapNanos() / 1e6,
                thread,
                save.late() ? ": it changed the session after that" : ""));
    }

    /** Set attributes are all that a repository knows to be changed. */
    private List<String> neverSet(UserOperation write) {
        List<Entry> entries = ofNode(write);
        boolean whole = entries.stream().anyMatch(Passage::requestBegins)
                && entries.stream().anyMatch(Passage::responseBegins)
                && entries.stream().anyMatch(Passage::reads);
        if (!whole
                || entries.stream().anyMatch(Passage::beginsSet)
                || !journals.served().setsAttributes(node(write))) {
            return List.of();
        }
        return List.of(
                node(write) + " answered this write without setting an attribute: a value that is changed in place is"
                        + " saved only if it is set again.");
    }

    /** Requests that had the session before the write was saved, and saved it after. */
    private List<String> overwritten(UserOperation write) {
        return landedAfter(write, Passage::saved, "this write had been saved at %.2f s, in between.");
    }

    /** Requests that had the session before it or its id was ended, and saved it after. */
    private List<String> broughtBack(UserOperation ending) {
        return switch (ending.kind()) {
            case INVALIDATE ->
                landedAfter(
                        ending,
                        Passage::deletes,
                        "the session had been ended at %.2f s, in between, and was there again.");
            case ROTATE_ID ->
                landedAfter(
                        ending,
                        Passage::renamed,
                        "its id had been changed at %.2f s, in between, and the old one was there again.");
            default -> List.of();
        };
    }

    /**
     * The delayed save that had the session before a moment, and landed after it; the one that was delayed most.
     *
     * @param moment entry of the operation's own request
     * @param happened what it means, with its time in seconds
     */
    private List<String> landedAfter(UserOperation operation, Predicate<Entry> moment, String happened) {
        OptionalLong at =
                ofNode(operation).stream().filter(moment).mapToLong(Entry::at).min();
        if (at.isEmpty()) {
            return List.of();
        }
        String meaning = String.format(Locale.ROOT, happened, at.getAsLong() / 1e9);
        Map<Long, String> found = new TreeMap<>(Comparator.reverseOrder());
        journals.sessionsOf(operation.request()).stream()
                .flatMap(session -> requestsOf.getOrDefault(session, Set.of()).stream())
                .filter(request -> request != operation.request())
                .forEach(request -> later(request, at.getAsLong())
                        .ifPresent(late -> found.put(late.delay(), late.text() + meaning)));
        return found.values().stream().limit(1).toList();
    }

    private record Late(long delay, String text) {}

    private Optional<Late> later(long request, long moment) {
        List<Entry> entries = journals.ofRequest(request);
        OptionalLong loaded =
                entries.stream().filter(Passage::loaded).mapToLong(Entry::at).min();
        Optional<Entry> delayed = entries.stream()
                .filter(entry -> Passage.doneAtSave(entry, FaultKind.DELAY))
                .max(Comparator.comparingLong(entry -> entry.event().digest()));
        Optional<Entry> landed = entries.stream().filter(Passage::saved).max(Comparator.comparingLong(Entry::at));
        if (loaded.isEmpty() || delayed.isEmpty() || landed.isEmpty()) {
            return Optional.empty();
        }
        Entry save = landed.get();
        boolean over = loaded.getAsLong() + save.error() < moment && moment < save.at() - save.error();
        if (!over || save.error() == Long.MAX_VALUE) {
            return Optional.empty();
        }
        long delay = delayed.get().event().digest();
        return Optional.of(new Late(
                delay,
                String.format(
                        Locale.ROOT,
                        "%s: a save of this session, delayed for %,d ms by injection %d, landed %.2f s into the run with a"
                                + " copy loaded at %.2f s (request %016x); ",
                        save.node(),
                        delay / 1_000_000,
                        delayed.get().event().injection(),
                        save.at() / 1e9,
                        loaded.getAsLong() / 1e9,
                        request)));
    }

    private List<Entry> ofNode(UserOperation operation) {
        String node = node(operation);
        return journals.ofRequest(operation.request()).stream()
                .filter(entry -> entry.node().equals(node))
                .toList();
    }

    private String node(UserOperation operation) {
        return NodeNames.of(operation, nodes);
    }
}
