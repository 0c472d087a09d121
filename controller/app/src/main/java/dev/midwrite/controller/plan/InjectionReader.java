package dev.midwrite.controller.plan;

import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.PossibleFaults;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the block {@code inject} of a step. */
final class InjectionReader {
    static final Set<String> KEYS = Set.of(
            "fault",
            "point",
            "edge",
            "step",
            "command",
            "name",
            "new",
            "dirty",
            "nodes",
            "sessions",
            "probability",
            "every",
            "after",
            "at-most",
            "peers",
            "delay",
            "lag",
            "offset",
            "bytes",
            "rate",
            "share",
            "error",
            "for");
    static final Map<String, FaultKind> FAULTS = Arrays.stream(FaultKind.values())
            .filter(fault -> fault != FaultKind.NONE)
            .collect(Collectors.toUnmodifiableMap(FaultKind::label, Function.identity()));
    static final Map<String, Edge> EDGES =
            Map.of("before", Edge.BEFORE, "after-step", Edge.STEP, "inside", Edge.INSIDE, "after", Edge.AFTER);
    static final Set<String> POINTS = Arrays.stream(PointKind.values())
            .filter(kind -> kind != PointKind.NONE)
            .map(PointKind::label)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> ALL_POINTS =
            Stream.concat(POINTS.stream(), Stream.of(PointKind.REPLICA)).collect(Collectors.toUnmodifiableSet());

    private InjectionReader() {}

    /** @param addresses of nodes among themselves, by the node's name */
    static InjectionSpec read(Section section, int id, Map<String, String> addresses) {
        section.need("fault");
        FaultKind fault = section.choice("fault", FAULTS, FaultKind.NONE);
        String usualPoint = usualPoint(fault);
        if (usualPoint.isEmpty()) {
            section.need("point");
        }
        String point = section.text("point", usualPoint);
        Edge edge = section.has("edge") ? section.choice("edge", EDGES, Edge.NONE) : usualEdge(fault, point);
        if (fault != FaultKind.NONE && edge != Edge.NONE && known(section, point)) {
            possible(section, fault, point, edge);
            where(section, fault, point, edge);
        }
        if (fault.isOfNode()) {
            whole(section, fault);
        }
        amount(section, fault);
        return new InjectionSpec(
                id,
                fault,
                point,
                edge,
                (int) section.whole("step", 0, 1, 10_000),
                section.text(section.has("name") ? "name" : "command", "").toUpperCase(Locale.ROOT),
                section.flag("new"),
                section.flag("dirty"),
                section.share("sessions", 1),
                section.share("probability", 1),
                (int) section.whole("every", 1, 1, Integer.MAX_VALUE),
                (int) section.whole("after", 0, 0, Integer.MAX_VALUE),
                (int) section.whole("at-most", 0, 1, Integer.MAX_VALUE),
                peers(section, point, addresses),
                time(section, fault),
                fault == FaultKind.THROTTLE ? section.byteRate("rate", 0) : section.bytes("bytes", 0),
                section.share("share", 0),
                section.text("error", ""));
    }

    private static Edge usualEdge(FaultKind fault, String point) {
        if (fault == FaultKind.STALE) {
            // Of a point by its own name, only one that reads sessions comes into question.
            boolean reads =
                    PointKind.named(point).map(PointKind.SESSION_READ::equals).orElse(true);
            return reads ? Edge.STEP : Edge.AFTER;
        }
        return fault.isInside() ? Edge.INSIDE : Edge.BEFORE;
    }

    /** Where it happens if the drill does not say; empty if it must. */
    private static String usualPoint(FaultKind fault) {
        return switch (fault) {
            case PARTITION -> PointKind.REPLICA;
            case PRESSURE -> PointKind.NODE.label();
            case CLOCK -> PointKind.SESSION_CLOCK.label();
            default -> "";
        };
    }

    /** No operation passes, so there is none to choose. */
    private static void whole(Section section, FaultKind fault) {
        for (String key :
                new String[] {"new", "dirty", "sessions", "probability", "every", "after", "at-most", "peers"}) {
            if (section.has(key)) {
                section.complain(
                        key,
                        "'" + key + "' chooses among operations, and " + fault.label() + " befalls the whole node");
            }
        }
    }

    private static boolean known(Section section, String point) {
        // A name of one library's point, such as spring.SessionRepository.save, has a class in it; only nodes know it.
        boolean known = ALL_POINTS.contains(point) || point.chars().anyMatch(Character::isUpperCase);
        if (section.has("point") && !known) {
            section.complain("point", "unknown point '" + point + "'" + Complaints.suggestion(point, ALL_POINTS));
        }
        return known;
    }

    private static void possible(Section section, FaultKind fault, String point, Edge edge) {
        PointKind.named(point.equals(PointKind.REPLICA) ? PointKind.REPLICA_SEND.label() : point)
                .flatMap(kind -> PossibleFaults.reason(fault, kind, edge))
                .ifPresent(reason -> section.complain("point", reason));
    }

    private static void where(Section section, FaultKind fault, String point, Edge edge) {
        if (fault == FaultKind.CRASH && !section.has("edge")) {
            section.complain("fault", "a crash needs 'edge': before, after-step or after");
        }
        boolean stepped = edge == Edge.STEP || edge == Edge.INSIDE;
        for (String key : new String[] {"step", "command"}) {
            if (section.has(key) && !stepped && !point.startsWith("store.")) {
                section.complain(key, "'" + key + "' is for the edges after-step and inside");
            }
        }
        if (section.has("name") && !ofEnd(point)) {
            section.complain(
                    "name",
                    "'name' is of a phase or a hook, at shutdown.phase or shutdown.hook; a command is named by 'command'");
        }
        if (edge == Edge.STEP && !section.has("step") && !section.has("command")) {
            section.complain("edge", "after which step? Give 'step', 'command' or both");
        }
        for (String key : new String[] {"new", "dirty"}) {
            if (section.has(key)
                    && !fault.isOfNode()
                    && point.startsWith("session.")
                    && !point.equals(PointKind.SESSION_SAVE.label())) {
                section.complain(key, "'" + key + "' is for session.save");
            }
        }
    }

    /** A point by its own name may be one; nodes know. */
    private static boolean ofEnd(String point) {
        return PointKind.named(point)
                .map(kind -> kind == PointKind.SHUTDOWN_PHASE || kind == PointKind.SHUTDOWN_HOOK)
                .orElse(!point.equals(PointKind.REPLICA));
    }

    private static void amount(Section section, FaultKind fault) {
        only(section, fault, FaultKind.DELAY, "delay");
        only(section, fault, FaultKind.LAG, "lag");
        only(section, fault, FaultKind.CLOCK, "offset");
        only(section, fault, FaultKind.TEAR, "bytes");
        only(section, fault, FaultKind.THROTTLE, "rate");
        share(section, fault);
        only(section, fault, FaultKind.ERROR, "error");
        if (fault == FaultKind.DELAY) {
            section.need("delay");
        }
        if (fault == FaultKind.LAG) {
            section.need("lag");
        }
        if (fault == FaultKind.CLOCK) {
            section.need("offset");
        }
        if (fault == FaultKind.THROTTLE) {
            section.need("rate");
        }
        if (fault == FaultKind.TEAR && section.has("bytes") == section.has("share")) {
            section.complain("fault", "fault tear needs either 'bytes' or 'share': how much of the command leaves");
        }
    }

    private static Duration time(Section section, FaultKind fault) {
        if (fault != FaultKind.CLOCK) {
            return section.duration(fault == FaultKind.LAG ? "lag" : "delay", Duration.ZERO);
        }
        Duration offset = section.offset("offset", Duration.ofMillis(1));
        if (offset.toMillis() == 0 || offset.abs().compareTo(FaultKind.MOST_OFFSET) > 0) {
            section.complain(
                    "offset",
                    "'offset' must be a millisecond at least, and " + FaultKind.MOST_OFFSET.toDays() + " days at most");
        }
        return offset;
    }

    private static void share(Section section, FaultKind fault) {
        if (fault == FaultKind.PRESSURE) {
            section.need("share");
            if (section.share("share", 0) > FaultKind.MOST_PRESSURE) {
                section.complain(
                        "share",
                        "'share' of pressure is " + Math.round(FaultKind.MOST_PRESSURE * 100)
                                + "% at most: the JVM needs the rest to collect garbage");
            }
        } else if (section.has("share") && fault != FaultKind.TEAR && fault != FaultKind.NONE) {
            section.complain("share", "'share' is for faults tear and pressure");
        }
    }

    private static List<String> peers(Section section, String point, Map<String, String> addresses) {
        List<String> peers = section.words("peers", List.of());
        boolean hasPeers = point.startsWith(PointKind.REPLICA) || !POINTS.contains(point);
        if (section.has("peers") && !hasPeers) {
            section.complain("peers", "'peers' is for replica.send and replica.apply: " + point + " has no other node");
        }
        for (String peer : peers) {
            if (!addresses.containsKey(peer)
                    && !NodesReader.ADDRESS.matcher(peer).matches()) {
                section.complain(
                        "peers",
                        "unknown peer '" + peer + "': neither a node with an address in 'nodes.peers' nor host:port"
                                + (addresses.isEmpty() ? "" : Complaints.suggestion(peer, addresses.keySet())));
            }
        }
        return peers.stream().map(peer -> addresses.getOrDefault(peer, peer)).toList();
    }

    private static void only(Section section, FaultKind fault, FaultKind wanted, String... keys) {
        for (String key : keys) {
            if (section.has(key) && fault != wanted && fault != FaultKind.NONE) {
                section.complain(key, "'" + key + "' is for fault " + wanted.label());
            }
        }
    }
}
