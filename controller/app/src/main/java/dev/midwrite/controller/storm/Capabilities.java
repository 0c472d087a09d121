package dev.midwrite.controller.storm;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.PossibleFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a storm may do to a drill's nodes and store: what a drill can say, its nodes have points for, and nobody would have to stand by
 * design. Immutable, all lists in a fixed order.
 *
 * @param nodes by their names
 * @param places where faults may strike
 * @param ends how any node may be ended and started again
 * @param store what may be done to the store
 * @param rollouts whether nodes may be replaced
 * @param alone a node may be ended only while all are up: sessions live in nodes, and no two of these may be down at a time
 * @param commands how many commands each operation sends to the store; none of operations that send none that is seen
 */
record Capabilities(
        List<String> nodes,
        List<Place> places,
        List<Step.Action> ends,
        List<StoreAction> store,
        boolean rollouts,
        boolean alone,
        Map<SessionOperation, Integer> commands) {

    /** A fault, where it strikes. */
    record Place(FaultKind fault, PointKind point, Edge edge) {
        /** As an injection of the drill names it, but for what the fault needs besides. */
        Map<String, String> keys() {
            Map<String, String> keys = new LinkedHashMap<>();
            if (fault != FaultKind.PARTITION) { // Which is at both ends, if nobody names one.
                keys.put("point", point.label());
                if (!fault.isOfNode()) {
                    keys.put(
                            "edge",
                            edge == Edge.STEP ? "after-step" : edge.name().toLowerCase(Locale.ROOT));
                }
            }
            return keys;
        }
    }

    /**
     * What is known of nodes once they have run.
     *
     * @param points at which something passes, or could
     * @param inNodes changes of sessions go to other nodes, and to no store
     */
    record Seen(Set<PointKind> points, boolean inNodes, Map<SessionOperation, Integer> commands) {}

    /** Faults that lose or falsify by themselves what a service has done right. */
    static final Set<FaultKind> LOSING = EnumSet.of(
            FaultKind.DROP, FaultKind.LAG, FaultKind.REORDER, FaultKind.CORRUPT, FaultKind.STALE, FaultKind.CLOCK);

    /** What a store loses something by that keeps on disk what it acknowledges. */
    static final Set<StoreAction> GIVING_UP =
            EnumSet.of(StoreAction.FLUSH, StoreAction.FAILOVER, StoreAction.LAG, StoreAction.ISOLATE);

    private static final Set<StoreAction> ENDING = EnumSet.of(StoreAction.RESTART, StoreAction.KILL, StoreAction.STOP);

    /** Where a fault means something to a session. */
    private static final Set<PointKind> POINTS = EnumSet.of(
            PointKind.SESSION_CREATE,
            PointKind.SESSION_READ,
            PointKind.SESSION_SAVE,
            PointKind.SESSION_DELETE,
            PointKind.SESSION_RENAME,
            PointKind.SESSION_EXPIRE,
            PointKind.STORE_COMMAND,
            PointKind.STORE_BYTES,
            PointKind.STORE_COMMIT,
            PointKind.REPLICA_SEND,
            PointKind.REPLICA_APPLY,
            PointKind.FILE_WRITE,
            PointKind.REQUEST,
            PointKind.RESPONSE_COMMIT,
            PointKind.NODE,
            PointKind.SESSION_CLOCK);

    Capabilities {
        nodes = List.copyOf(nodes);
        places = List.copyOf(places);
        ends = List.copyOf(ends);
        store = List.copyOf(store);
        commands = Map.copyOf(commands);
    }

    /**
     * Asks the reader of drills for each thing whether the drill could say it.
     *
     * @param losing also what loses or falsifies by itself
     */
    static Capabilities of(StormCourse course, Seen seen, boolean losing) {
        List<String> nodes = course.drill().nodes().knownNames();
        // Where a session lives on one node by the drill's own word, it ends with that node.
        boolean mayEnd = losing || course.drill().scope() == Scope.CLUSTER;
        List<Place> places = new ArrayList<>();
        for (FaultKind fault : FaultKind.values()) {
            for (PointKind point : PointKind.values()) {
                for (Edge edge : List.of(Edge.BEFORE, Edge.STEP, Edge.INSIDE, Edge.AFTER)) {
                    Place place = new Place(fault, point, edge);
                    if (fault != FaultKind.NONE
                            && POINTS.contains(point)
                            && seen.points().contains(point)
                            && (mayEnd || !fault.halts())
                            && (losing || !LOSING.contains(fault))
                            && PossibleFaults.reason(fault, point, edge).isEmpty()
                            && reachable(place, seen)
                            && !refused(place)
                            && course.possible(only(StormDraw.plainest(place, nodes)))) {
                        places.add(place);
                    }
                }
            }
        }
        return new Capabilities(
                nodes,
                places,
                Stream.of(Step.Action.KILL, Step.Action.RESTART, Step.Action.STOP)
                        .filter(action -> mayEnd
                                && nodes.stream()
                                        .allMatch(node -> course.possible(
                                                only(new NodeStep(Duration.ZERO, node, action, false)))))
                        .toList(),
                Stream.of(StoreAction.values())
                        .filter(action -> losing
                                || (!GIVING_UP.contains(action) && (!ENDING.contains(action) || course.storeKeeps())))
                        .filter(action ->
                                action != StoreAction.START && course.possible(only(StormDraw.plainest(action))))
                        .toList(),
                mayEnd && course.possible(only(new RolloutStep(Duration.ZERO, nodes))),
                seen.inNodes(),
                seen.commands());
    }

    /** A step that nothing is known to have is never passed. */
    private static boolean reachable(Place place, Seen seen) {
        if (place.edge() != Edge.STEP && place.edge() != Edge.INSIDE) {
            return true;
        }
        return switch (place.point()) {
            case SESSION_SAVE ->
                seen.commands().containsKey(SessionOperation.SAVE)
                        || seen.commands().containsKey(SessionOperation.CREATE);
            case SESSION_DELETE -> seen.commands().containsKey(SessionOperation.DELETE);
            case SESSION_READ -> place.fault() == FaultKind.STALE;
            case STORE_BYTES, STORE_COMMAND, FILE_WRITE, REPLICA_SEND -> place.edge() == Edge.INSIDE;
            default -> false;
        };
    }

    /** What some libraries refuse when it is armed, because their thread serves all sessions; which ones do, only nodes know. */
    private static boolean refused(Place place) {
        return switch (place.fault()) {
            case DELAY, HANG -> place.point() == PointKind.STORE_BYTES;
            case THROTTLE -> place.point() == PointKind.REPLICA_SEND;
            default -> false;
        };
    }

    private static Schedule only(StormStep step) {
        return new Schedule(List.of(step.at(Duration.ofSeconds(1))), Duration.ZERO);
    }

    /** Nothing may be done. */
    boolean none() {
        return places.isEmpty() && ends.isEmpty() && store.isEmpty() && !rollouts;
    }
}
