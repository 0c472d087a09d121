package dev.midwrite.controller.cli;

import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a controller saw until its end, from what nodes journaled: operations, sessions, faults that happened, and which
 * acknowledged requests these struck. What it keeps of sessions and requests is bounded, however long it runs. Thread-safe.
 */
final class FleetTally implements RecordListener {
    private static final int MOST_SESSIONS = 1_000_000;
    private static final int MOST_REQUESTS = 10_000;
    private static final int MOST_NAMED = 20;

    private final Map<Name, PointKind> kinds = new HashMap<>();
    private final Set<String> nodes = new TreeSet<>();
    private final Map<PointKind, Long> operations = new EnumMap<>(PointKind.class);
    private final Set<Long> sessions = new HashSet<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<Request, Ends> struck = new LinkedHashMap<>();
    private long struckOthers;
    /** Of late, because a fault may come after the answer. */
    private final Map<Request, Ends> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, Ends> eldest) {
            return size() > MOST_REQUESTS;
        }
    };

    /** A number of a name, which each start of a node gives anew. */
    private record Name(String node, long incarnation, int number) {}

    private record Request(String node, long incarnation, long id) {}

    /** How far a request came. */
    private static final class Ends {
        private boolean answered;
        private boolean failed;

        boolean acknowledged() {
            return answered && !failed;
        }
    }

    @Override
    public synchronized void stored(String node, long incarnation, EventRecord event, String point) {
        nodes.add(node);
        switch (event.type()) {
            case NAME -> kinds.put(new Name(node, incarnation, event.point()), PointKind.of(event.outcome()));
            case OPERATION -> {
                if (event.session() != 0 && sessions.size() < MOST_SESSIONS) {
                    sessions.add(event.session());
                }
                PointKind kind = kinds.getOrDefault(new Name(node, incarnation, event.point()), PointKind.NONE);
                if (event.edge() == Edge.BEFORE && kind != PointKind.NONE) {
                    operations.merge(kind, 1L, Long::sum);
                }
                if (event.request() != 0) {
                    ends(
                            recent.computeIfAbsent(new Request(node, incarnation, event.request()), key -> new Ends()),
                            kind,
                            event);
                }
            }
            case FAULT -> fault(node, incarnation, event, point);
            default -> {
                // Nothing that is counted.
            }
        }
    }

    /** The answer begins with its commit; where a server has no such point, a request that ended well was answered. */
    private static void ends(Ends ends, PointKind kind, EventRecord event) {
        if (kind == PointKind.RESPONSE_COMMIT && event.edge() == Edge.AFTER) {
            ends.answered = true;
        } else if (kind == PointKind.REQUEST && event.edge() == Edge.AFTER) {
            ends.answered |= event.outcome() == Outcome.OK.code();
            ends.failed |= event.outcome() == Outcome.FAIL.code();
        }
    }

    private void fault(String node, long incarnation, EventRecord event, String point) {
        String what = FaultKind.known(event.outcome()).map(FaultKind::label).orElse("a fault of a newer agent");
        faults.merge(
                what + (point.isEmpty() ? "" : " at " + point) + " on " + node + ", injection "
                        + Integer.toUnsignedString(event.injection()),
                1L,
                Long::sum);
        if (event.request() != 0) {
            Request request = new Request(node, incarnation, event.request());
            if (struck.size() < MOST_REQUESTS || struck.containsKey(request)) {
                struck.putIfAbsent(request, recent.computeIfAbsent(request, key -> new Ends()));
            } else {
                struckOthers++;
            }
        }
    }

    /** One sentence of all, one of each kind of fault that happened, and one of the requests that they struck. */
    synchronized List<LogLine> lines() {
        List<LogLine> lines = new ArrayList<>();
        long all = operations.values().stream().mapToLong(Long::longValue).sum();
        lines.add(LogLine.now(
                        Level.INFO,
                        "saw " + count(all, "operation") + " of "
                                + (sessions.size() < MOST_SESSIONS ? "" : "at least ")
                                + count(sessions.size(), "session") + " on " + count(nodes.size(), "node")
                                + (all == 0 ? "" : ": " + kinds()))
                .with("operations", byLabel())
                .with("sessions", sessions.size()));
        if (faults.isEmpty()) {
            lines.add(LogLine.now(Level.INFO, "no fault happened"));
            return lines;
        }
        faults.forEach((fault, times) ->
                lines.add(LogLine.now(Level.INFO, "happened " + count(times, "time") + ": " + fault)
                        .with("times", times)));
        lines.add(requests());
        return lines;
    }

    private Map<String, Long> byLabel() {
        Map<String, Long> labels = new LinkedHashMap<>();
        operations.forEach((kind, times) -> labels.put(kind.label(), times));
        return labels;
    }

    private String kinds() {
        return byLabel().entrySet().stream()
                .map(each -> each.getKey() + " " + count(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private LogLine requests() {
        List<String> acknowledged = struck.entrySet().stream()
                .filter(each -> each.getValue().acknowledged())
                .map(each -> String.format(Locale.ROOT, "%016x", each.getKey().id()) + " on "
                        + each.getKey().node())
                .toList();
        String named = String.join(", ", acknowledged.stream().limit(MOST_NAMED).toList());
        return LogLine.now(
                        Level.INFO,
                        "faults struck " + (struckOthers == 0 ? "" : "at least ") + count(struck.size(), "request")
                                + " that users had named, " + count(acknowledged.size()) + " of which "
                                + (acknowledged.size() == 1 ? "was" : "were") + " acknowledged"
                                + (named.isEmpty() ? "" : ": " + named)
                                + (acknowledged.size() > MOST_NAMED
                                        ? " and " + count(acknowledged.size() - MOST_NAMED) + " more"
                                        : ""))
                .with("struck", struck.size())
                .with("acknowledged", acknowledged);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String count(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }
}
