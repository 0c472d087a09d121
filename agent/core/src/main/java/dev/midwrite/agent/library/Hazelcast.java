package dev.midwrite.agent.library;

import com.hazelcast.cluster.Address;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.impl.operation.KeyBasedMapOperation;
import com.hazelcast.spi.impl.operationservice.Operation;
import com.hazelcast.spi.impl.operationservice.impl.operations.Backup;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.EntryMap;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.point.Waiting;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import net.bytebuddy.asm.Advice;

/**
 * Hazelcast's maps, where sessions are replicated: the member that owns an entry changes it, sends the change to the
 * backups one after the other, and answers; all of it on threads that serve whole partitions.
 *
 * <p>No thread there is the caller's, nor need the owner be its node: what belongs together is found by the entry's key,
 * which is the session's id. Keys of other types than String are not seen.
 */
final class Hazelcast extends Library {
    private static final String HANDLERS = "com.hazelcast.spi.impl.operationservice.impl.";
    private static final String MAP = "com.hazelcast.map.IMap";
    private static final String GONE = "com.hazelcast.core.HazelcastException";
    private static final String TOGETHER = "the owner has made the change, and each backup has a point of its own";

    Hazelcast() {
        super("hazelcast");
        keepsMaps();
        eventLoop("com.hazelcast.spi.impl.operationexecutor.impl.OperationThread");
        eventLoop("com.hazelcast.internal.networking.nio.NioThread");
        point("OperationBackupHandler.sendBackups0", PointKind.STORE_COMMIT, Role.ADOPT)
                .fails(GONE)
                .holdsUp(Waiting.EVERYBODY)
                .cannot(FaultKind.DROP, TOGETHER)
                .in(
                        List.of(HANDLERS.concat("OperationBackupHandler")),
                        Call.of("sendBackups0", 1),
                        "Owned",
                        UsualExit.NAME);
        point("OutboundOperationHandler.send", PointKind.REPLICA_SEND, Role.STEP)
                .fails(GONE)
                .holdsUp(Waiting.EVERYBODY)
                .in(
                        List.of(HANDLERS.concat("OutboundOperationHandler")),
                        Call.taking(
                                "send",
                                "com.hazelcast.spi.impl.operationservice.Operation",
                                "com.hazelcast.cluster.Address"),
                        "Send");
        point("MapOperation.runBackup", PointKind.REPLICA_APPLY, Role.ADOPT)
                .fails(GONE)
                .holdsUp(Waiting.EVERYBODY)
                .in(
                        List.of(
                                "com.hazelcast.map.impl.operation.PutBackupOperation",
                                "com.hazelcast.map.impl.operation.RemoveBackupOperation",
                                "com.hazelcast.map.impl.operation.EvictBackupOperation",
                                "com.hazelcast.map.impl.operation.SetTtlBackupOperation",
                                "com.hazelcast.map.impl.operation.EntryBackupOperation"),
                        Call.of("runInternal", 0),
                        "Apply",
                        UsualExit.NAME);
    }

    /** A map, or all of the member's at which a change was seen. */
    @Override
    public List<EntryMap> maps(Object object) throws ReflectiveOperationException {
        Class<?> map = type(object, MAP);
        if (map == null) {
            return List.of();
        }
        if (map.isInstance(object)) {
            return List.of(new GridMap(object));
        }
        if (!object.getClass().getName().equals(HANDLERS.concat("OperationBackupHandler"))) {
            return List.of();
        }
        Object engine = inField(object, "nodeEngine");
        Object member = type(object, "com.hazelcast.spi.impl.NodeEngine")
                .getMethod("getHazelcastInstance")
                .invoke(engine);
        Object kept = type(object, "com.hazelcast.core.HazelcastInstance")
                .getMethod("getDistributedObjects")
                .invoke(member);
        return ((Collection<?>) kept)
                .stream().filter(map::isInstance).<EntryMap>map(GridMap::new).toList();
    }

    /** An {@code IMap} of a member or of a client. */
    private record GridMap(Object map) implements EntryMap {

        private Object ask(String question) throws ReflectiveOperationException {
            return type(map, MAP).getMethod(question).invoke(map);
        }

        @Override
        public String name() {
            try {
                return (String) ask("getName");
            } catch (ReflectiveOperationException e) {
                return "";
            }
        }

        /** A member that owns nothing has nothing of its own, as a client: it tells what the others have. */
        private Collection<?> keys() throws ReflectiveOperationException {
            try {
                Collection<?> own = (Collection<?>) ask("localKeySet");
                return own.isEmpty() ? (Collection<?>) ask("keySet") : own;
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof UnsupportedOperationException) {
                    return (Collection<?>) ask("keySet");
                }
                throw e;
            }
        }

        @Override
        public void read(Reader reader) throws ReflectiveOperationException {
            Method look = type(map, MAP).getMethod("getEntryView", Object.class);
            Method end = type(map, "com.hazelcast.core.EntryView").getMethod("getExpirationTime");
            for (Object key : keys()) {
                Object entry = key instanceof String ? look.invoke(map, key) : null;
                if (entry != null) { // It may have gone meanwhile.
                    long ends = (long) end.invoke(entry);
                    reader.entry(
                            (String) key,
                            ends == Long.MAX_VALUE ? NEVER : Math.max(0, ends - System.currentTimeMillis()));
                }
            }
        }
    }

    /** {@code OperationBackupHandler.sendBackups0}: the owner has the change; now it tells the backups, then its caller. */
    static final class Owned {
        private Owned() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object handler,
                @Advice.Argument(0) Object operation,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || !(operation instanceof KeyBasedMapOperation change)) {
                return false;
            }
            Data key = change.getKey();
            if (key == null || key.getType() != -11) { // A String, in Hazelcast's own form.
                return false;
            }
            token = gate.enter(point, handler, (String) change.getNodeEngine().toObject(key), null, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code OutboundOperationHandler.send} of a backup: to one member. Whoever waits for its answer waits in vain. */
    static final class Send {
        private Send() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object handler,
                @Advice.Argument(0) Object operation,
                @Advice.Argument(1) Address target,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || !(operation instanceof Backup) || target == null) {
                return false;
            }
            String peer = target.getHost().concat(":").concat(Integer.toString(target.getPort()));
            token = gate.enter(point, handler, null, peer, null, "Backup changes");
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter boolean skipped,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(readOnly = false) boolean sent,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                sent = sent || skipped; // As if it had left.
                thrown = gate.exit(token, null, null, thrown);
            }
        }
    }

    /** {@code runInternal} of a backup: the change arrives at a member that has a copy. */
    static final class Apply {
        private Apply() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object backup,
                @Advice.FieldValue("dataKey") Data key,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || key == null || key.getType() != -11) { // A String, in Hazelcast's own form.
                return false;
            }
            Operation operation = (Operation) backup;
            Address owner = operation.getCallerAddress();
            String peer = owner == null ? "" : owner.getHost().concat(":").concat(Integer.toString(owner.getPort()));
            token = gate.enter(
                    point, backup, (String) operation.getNodeEngine().toObject(key), peer, null, "Backup changes");
            return token != null && gate.skips(token);
        }
    }
}
