package dev.midwrite.controller.history;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.ReplicatedWrite;
import dev.midwrite.check.fleet.SessionTrail;
import dev.midwrite.check.fleet.WriteSave;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Tells what journals say about a request, in sentences for people: faults first, then how far each node came. */
final class JournalSentences implements Journals {
    private final JournalIndex journals;
    private final SessionCauses causes;
    private final List<SessionTrail> trails;
    private final List<WriteSave> writeSaves;
    private final List<ReplicatedWrite> replicated;
    /** Found when somebody first asks. */
    private UnfinishedSaves unfinished;

    JournalSentences(JournalIndex journals) {
        this(journals, List.of(), List.of(), List.of(), List.of());
    }

    /** @param nodes names by number */
    JournalSentences(
            JournalIndex journals,
            List<String> nodes,
            List<SessionTrail> trails,
            List<WriteSave> writeSaves,
            List<ReplicatedWrite> replicated) {
        this.replicated = replicated;
        this.journals = journals;
        this.causes = new SessionCauses(journals, nodes, writeSaves);
        this.trails = trails;
        this.writeSaves = writeSaves;
    }

    @Override
    public List<String> causesOf(Violation violation) {
        List<String> sentences = new ArrayList<>(struckBefore(violation));
        if (sentences.isEmpty() && violation.anomaly() == Anomaly.SESSION_LOST) {
            sentences.addAll(cutShort(violation));
        }
        sentences.addAll(causes.of(violation));
        return sentences;
    }

    /**
     * What struck this session in requests long before those of the witness: its values were changed on their way to the store, or, where
     * the session is gone, its node ended while it used the session.
     */
    private List<String> struckBefore(Violation violation) {
        Set<Integer> kinds = violation.anomaly() == Anomaly.SESSION_LOST
                ? Set.of(FaultKind.CORRUPT.code(), FaultKind.TEAR.code(), FaultKind.CRASH.code())
                : Set.of(FaultKind.CORRUPT.code());
        Set<Long> sessions = sessions(violation);
        Set<Long> requests =
                violation.witness().stream().map(UserOperation::request).collect(Collectors.toSet());
        return journals.faults().stream()
                .filter(fault -> kinds.contains(fault.event().outcome())
                        && sessions.contains(fault.event().session())
                        && !requests.contains(fault.event().request())) // Of the witness's own all faults are named.
                .map(this::fault)
                .toList();
    }

    /** Saves of this session that its node's end cut short, though the fault was another session's. */
    private List<String> cutShort(Violation violation) {
        if (unfinished == null) {
            unfinished = journals.unfinishedSaves();
        }
        return sessions(violation).stream()
                .map(unfinished::of)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    private Set<Long> sessions(Violation violation) {
        return violation.witness().stream()
                .flatMap(operation -> journals.sessionsOf(operation.request()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<SessionTrail> trails() {
        return trails;
    }

    @Override
    public List<WriteSave> writeSaves() {
        return writeSaves;
    }

    @Override
    public List<ReplicatedWrite> replicated() {
        return replicated;
    }

    @Override
    public List<String> ofRequest(long request) {
        List<Entry> entries = journals.ofRequest(request);
        if (entries.isEmpty()) {
            return journals.complete() && request != 0
                    ? List.of("No node journaled this request, and no journal is missing a record.")
                    : List.of();
        }
        List<String> sentences = new ArrayList<>();
        entries.stream()
                .filter(entry -> entry.event().type() == EventType.FAULT)
                .forEach(fault -> sentences.add(fault(fault)));
        entries.stream()
                .filter(entry -> entry.event().type() == EventType.FAULT_DONE)
                .forEach(done -> sentences.add(String.format(
                        Locale.ROOT,
                        "%s: the %s lasted %d ms.",
                        done.node(),
                        FaultKind.of(done.event().outcome()).label(),
                        TimeUnit.NANOSECONDS.toMillis(done.event().digest()))));
        entries.stream()
                .filter(Passage::failed)
                .map(JournalSentences::failure)
                .distinct()
                .forEach(sentences::add);
        Map<Long, List<Entry>> byIncarnation = new LinkedHashMap<>();
        entries.forEach(entry -> byIncarnation
                .computeIfAbsent(entry.incarnation(), incarnation -> new ArrayList<>())
                .add(entry));
        byIncarnation.values().forEach(passage -> {
            if (journals.served().withoutStore(passage.get(0).node()).isEmpty()) {
                sentences.add(passage(passage));
            }
        });
        return List.copyOf(sentences);
    }

    /** The faults that struck a session while it was used under the id with this keyed hash; empty if none did. */
    String faultsOf(long idHash) {
        return journals.faults().stream()
                .filter(fault -> fault.event().session() == idHash)
                .map(this::fault)
                .collect(Collectors.joining(" "));
    }

    private String fault(Entry fault) {
        String command = journals.commandOf(fault);
        FaultKind kind = FaultKind.of(fault.event().outcome());
        String place = switch (fault.event().edge()) {
            case BEFORE -> "before " + fault.point();
            case STEP -> "after step " + fault.event().step() + named(command) + " of " + fault.point();
            case INSIDE -> "inside step " + fault.event().step() + named(command) + " of " + fault.point();
            case AFTER -> "after the effect of " + fault.point() + ", before its caller knew";
            case NONE -> "at " + fault.point();
        };
        return fault.node() + ": " + kind.label() + " " + (kind.isOfNode() ? "at " + fault.point() : place)
                + " (injection "
                + fault.event().injection() + ", journal record "
                + fault.event().seq() + ").";
    }

    /** An exception is told by its classes: what it said stays on the node. */
    private static String failure(Entry failed) {
        List<String> classes = failed.text().lines().toList();
        return failed.node() + ": " + failed.point() + " failed with " + classes.get(0)
                + (classes.size() == 1
                        ? "."
                        : ", caused by " + String.join(", by ", classes.subList(1, classes.size())) + ".");
    }

    /** What one start of a node did for the request, as far as its journal goes. */
    private String passage(List<Entry> entries) {
        List<String> steps = entries.stream()
                .filter(entry -> entry.event().type() == EventType.OPERATION
                        && entry.event().edge() == Edge.STEP
                        && entry.event().outcome() == Outcome.OK.code())
                .map(Entry::text)
                .filter(command -> !command.isEmpty())
                .toList();
        boolean committed = entries.stream().anyMatch(Passage::responseBegins);
        Entry last = entries.get(entries.size() - 1);
        return last.node() + ": "
                + (steps.isEmpty() ? withoutCommands(entries) : "the store answered " + counted(steps))
                + response(committed, last.node()) + " (up to journal record "
                + last.event().seq() + ").";
    }

    private String response(boolean begun, String node) {
        if (!begun && !journals.served().beginsResponses(node)) {
            return "";
        }
        return "; the response was " + (begun ? "" : "not ") + "begun";
    }

    /** Not every store is heard by its commands: of some only the saves are known. */
    private String withoutCommands(List<Entry> entries) {
        if (entries.stream().anyMatch(Passage::saved)) {
            return "the session was saved";
        }
        if (entries.stream().anyMatch(Passage::beginsSave)) {
            return "a save was begun, and is not known to have ended";
        }
        long incarnation = entries.get(0).incarnation();
        boolean heard =
                journals.spans().stream().anyMatch(span -> span.incarnation() == incarnation && span.saveSteps() > 0);
        if (!heard && !journals.served().knowsSessions(entries.get(0).node())) {
            return "nothing was seen of sessions";
        }
        return heard ? "the store answered no command" : "nothing was saved";
    }

    /** In order; a command that follows itself stands once, with how often it came. */
    static String counted(List<String> commands) {
        StringJoiner runs = new StringJoiner(", ");
        for (int from = 0, to; from < commands.size(); from = to) {
            String command = commands.get(from);
            to = from + 1;
            while (to < commands.size() && commands.get(to).equals(command)) {
                to++;
            }
            runs.add(to - from == 1 ? command : command + " (" + (to - from) + " times)");
        }
        return runs.toString();
    }

    private static String named(String command) {
        return command.isEmpty() ? "" : " (" + command + ")";
    }
}
